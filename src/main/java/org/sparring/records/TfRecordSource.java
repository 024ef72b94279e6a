package org.sparring.records;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.sparring.archives.ByteReader;
import org.sparring.data.DecodedImages;
import org.sparring.data.ImageOptions;
import org.sparring.data.ImageSource;
import org.sparring.data.Split;
import org.sparring.errors.DataException;
import org.sparring.pictures.Fit;
import org.sparring.pictures.ImageDecoder;

/**
 * Reads TFRecord files (optionally gzip) whose records are {@code tf.train.Example} with one
 * encoded image each. A record consists of its length, a checksum of the length, the bytes, and a
 * checksum of the bytes. {@link TfExample} lists the features that are read.
 */
public final class TfRecordSource {
  private static final String REMEDY = "Copy the file again.";
  private static final int MASK = 0xa282ead8;

  /** Maximum size of a record in bytes: an image and its other features. */
  private static final long MOST_BYTES = ImageDecoder.MOST_BYTES + (1L << 20);

  private static final Pattern SHARD = Pattern.compile(".*-\\d+-of-\\d+(?:\\.gz)?");

  private TfRecordSource() {}

  /** Returns whether a lower-case file name belongs to a record file. */
  static boolean isRecord(String name) {
    return name.contains(".tfrecord") || SHARD.matcher(name).matches();
  }

  /**
   * Reads and decodes all images of a part.
   *
   * @param place a file, or a folder of {@code .tfrecord} files or shards {@code …-00000-of-00010}
   * @param side pixels, or 0 for 64
   * @param channels 1–4, or 0 for 3
   * @param options whether bad images are skipped, and whether the EXIF orientation is applied
   */
  public static ImageSource open(
      Path place, Split split, int side, int channels, ImageOptions options) {
    RecordFiles files = RecordFiles.of(place, split, TfRecordSource::isRecord, "a TFRecord file");
    RecordImages images = new RecordImages(place.toString(), Fit.ofPhotos(side, channels), options);
    files.files().forEach(file -> read(file, images));
    String name = "tfrecord " + place.getFileName() + (files.whole() ? "" : " " + split);
    return new DecodedImages(name, images.contents(), files.whole());
  }

  private static void read(Path file, RecordImages images) {
    try (ByteReader in = ByteReader.open(file, REMEDY)) {
      int number = 0;
      for (int first = first(in); first >= 0; first = first(in)) {
        record(file + ", record " + number, in, first, images);
        number++;
      }
      if (number == 0) {
        throw in.fault(0, "a record", "none");
      }
    }
  }

  /**
   * Reads a record. If only its bytes are damaged but its length is right, the record can be
   * skipped.
   *
   * @param first first byte of the record, which was already read
   */
  private static void record(String title, ByteReader in, int first, RecordImages images) {
    long at = in.offset() - 1;
    ByteBuffer rest = little(in.exactly(11, "a record's length and checksum"));
    byte[] length = new byte[8];
    length[0] = (byte) first;
    rest.get(length, 1, 7);
    requireChecksum(in, at, length, rest.getInt());
    long bytes = little(length).getLong();
    if (bytes < 0 || bytes > MOST_BYTES) {
      throw in.fault(at, "a record of at most " + MOST_BYTES + " bytes", bytes + " bytes");
    }
    byte[] record = in.exactly((int) bytes, "a record");
    int stored = little(in.exactly(4, "a record's checksum")).getInt();
    try {
      requireChecksum(in, at, record, stored);
    } catch (DataException fault) {
      images.leaveOut(title, fault);
      return;
    }
    TfExample.read(title, record, images);
  }

  /** Returns the first byte of the next record; −1 at the end of the file. */
  private static int first(ByteReader in) {
    try {
      return in.read();
    } catch (IOException e) {
      throw in.fault(in.offset(), "a record", String.valueOf(e.getMessage())).because(e);
    }
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void requireChecksum(ByteReader in, long at, byte[] bytes, int stored) {
    if (masked(bytes) != stored) {
      throw in.fault(at, "a record that matches its checksum", "one that does not");
    }
  }

  /** Returns the CRC-32C, rotated and with a constant added, as TFRecord stores it. */
  static int masked(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    int value = (int) crc.getValue();
    return ((value >>> 15) | (value << 17)) + MASK;
  }
}
