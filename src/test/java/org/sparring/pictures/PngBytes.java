package org.sparring.pictures;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A PNG written byte by byte, for what no writer of Java writes. */
public final class PngBytes {
  public static final int GREY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  PngBytes() {
    bytes.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
  }

  public static PngBytes header(int width, int height, int bits, int colourType) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) bits).put((byte) colourType);
    return new PngBytes().chunk("IHDR", header.array());
  }

  PngBytes chunk(String type, byte... content) {
    return chunk(type, 0, content);
  }

  /** A chunk with a checksum that is off by {@code error}. */
  PngBytes chunk(String type, int error, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    bytes.writeBytes(name);
    bytes.writeBytes(content);
    bytes.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue() + error).array());
    return this;
  }

  /** Image data: each row begins with its filter, 0. */
  public PngBytes rows(int... values) {
    return chunk("IDAT", deflated(bytes(values)));
  }

  public byte[] end() {
    return chunk("IEND").bytes.toByteArray();
  }

  public byte[] withoutEnd() {
    return bytes.toByteArray();
  }

  static byte[] deflated(byte[] plain) {
    Deflater deflater = new Deflater();
    deflater.setInput(plain);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[4096];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
