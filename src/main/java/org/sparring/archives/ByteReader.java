package org.sparring.archives;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.sparring.errors.DataException;
import org.tukaani.xz.XZInputStream;

/**
 * Reads a binary file from front to back; its error messages contain the offset. Gzip, bzip2 and xz
 * are recognised by their first bytes and not by the name, because browsers may unpack a file and
 * keep its {@code .gz}.
 */
public final class ByteReader extends FilterInputStream {
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] BZIP2 = {'B', 'Z', 'h'};
  private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};

  /** Memory limit for decompression, in KiB; {@code xz -9} needs 65 MiB. */
  private static final int XZ_KIBIBYTES = 256 << 10;

  private final Object file;
  private final String remedy;
  private long offset;

  /**
   * @param in content of the file
   * @param file file name for messages
   * @param remedy last line of every message
   */
  public ByteReader(InputStream in, Object file, String remedy) {
    super(in);
    this.file = file;
    this.remedy = remedy;
  }

  public static ByteReader open(Path file, String remedy) {
    try {
      return new ByteReader(unpacked(file), file, remedy);
    } catch (IOException e) {
      throw unreadable(file, e, remedy);
    }
  }

  /** Opens a file, decompressed if it is gzip, bzip2 or xz. */
  public static InputStream unpacked(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    try {
      return unpacked(raw);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  public static InputStream unpacked(InputStream packed) throws IOException {
    InputStream raw = new BufferedInputStream(packed, 1 << 16);
    raw.mark(XZ.length);
    byte[] start = raw.readNBytes(XZ.length);
    raw.reset();
    if (starts(start, GZIP)) {
      return new GZIPInputStream(raw, 1 << 16);
    }
    if (starts(start, BZIP2)) {
      return new BZip2CompressorInputStream(raw, true);
    }
    return starts(start, XZ) ? new XZInputStream(raw, XZ_KIBIBYTES) : raw;
  }

  private static boolean starts(byte[] bytes, byte[] with) {
    return bytes.length >= with.length
        && Arrays.equals(bytes, 0, with.length, with, 0, with.length);
  }

  public static DataException unreadable(Path file, IOException e, String remedy) {
    String found = e.getClass().getSimpleName() + ": " + e.getMessage();
    return DataException.in(file, "a readable file", found, remedy).because(e);
  }

  /** Reads a big-endian 32-bit number. */
  public int number(String what) {
    return ByteBuffer.wrap(exactly(Integer.BYTES, what)).getInt();
  }

  /**
   * Reads the next {@code count} bytes; if there are fewer, the exception says how many were found.
   */
  public byte[] exactly(int count, String what) {
    long start = offset;
    String expected = count + " bytes of " + what;
    try {
      byte[] bytes = readNBytes(count);
      if (bytes.length < count) {
        throw fault(start, expected, bytes.length + " bytes: the file is cut short");
      }
      return bytes;
    } catch (IOException e) {
      throw fault(offset, expected, damage(start, e)).because(e);
    }
  }

  /** Throws if there are further bytes. */
  public void end() {
    try {
      long trailing = transferTo(OutputStream.nullOutputStream());
      if (trailing > 0) {
        throw fault(offset - trailing, "the end of the file", trailing + " more bytes");
      }
    } catch (IOException e) {
      throw fault(offset, "the end of the file", damage(offset, e)).because(e);
    }
  }

  /** Returns an exception about the byte at offset {@code at} of this file. */
  public DataException fault(long at, String expected, String found) {
    return DataException.at(file, at, expected, found, remedy);
  }

  public long offset() {
    return offset;
  }

  private String damage(long start, IOException e) {
    return (offset - start) + " bytes, then damaged gzip (" + e.getMessage() + ")";
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    offset += value < 0 ? 0 : 1;
    return value;
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    int count = super.read(into, at, length);
    offset += Math.max(0, count);
    return count;
  }

  @Override
  public void close() {
    try {
      super.close();
    } catch (IOException e) {
      throw fault(offset, "the file to close", String.valueOf(e.getMessage())).because(e);
    }
  }
}
