package org.sparring.pictures;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads encoded images without trusting their sizes: a megabyte of an archive can expand to a
 * gigabyte of zeros. Data that are too long or no image are read only in part, and {@link
 * ImageDecoder} then refuses the returned bytes.
 */
public final class ImageBytes {
  private ImageBytes() {}

  /** Returns all bytes of an image; of any other data only the first few. */
  public static byte[] read(InputStream in) throws IOException {
    byte[] start = in.readNBytes(ImageFormat.LONGEST_SIGNATURE);
    if (ImageFormat.of(start) == null) {
      return start;
    }
    byte[] rest = in.readNBytes(ImageDecoder.MOST_BYTES + 1 - start.length);
    byte[] all = Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, all, start.length, rest.length);
    return all;
  }

  /** Returns the bytes of an image file. */
  public static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in);
    }
  }

  /**
   * Returns the hash of one encoded image, including its size. With {@code oriented}, an image
   * whose EXIF orientation is not upright has a different hash than without; an upright image has
   * the same hash.
   */
  public static String hash(byte[] encoded, boolean oriented) {
    ContentHash hash = new ContentHash().number(encoded.length).bytes(encoded);
    int orientation = oriented ? ImageDecoder.orientation(encoded) : Orientation.UPRIGHT;
    return (orientation == Orientation.UPRIGHT ? hash : hash.number(orientation)).hex();
  }
}
