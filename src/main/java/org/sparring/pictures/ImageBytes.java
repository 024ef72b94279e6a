package org.sparring.pictures;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads encoded images without trusting their sizes: a megabyte of archive can hold a gigabyte of
 * zeros. What is too long, or no image at all, is not read to its end; {@link ImageDecoder} refuses
 * what is returned then.
 */
public final class ImageBytes {
  private ImageBytes() {}

  /** All bytes of an image; the first few of anything else. */
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

  /** The bytes of an image file. */
  public static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in);
    }
  }

  /**
   * The hash of one encoded image, its size included. An image that is turned has another hash than
   * the same image as it is stored; one that is upright has the same hash either way.
   */
  public static String hash(byte[] encoded, boolean oriented) {
    ContentHash hash = new ContentHash().number(encoded.length).bytes(encoded);
    int orientation = oriented ? ImageDecoder.orientation(encoded) : Orientation.UPRIGHT;
    return (orientation == Orientation.UPRIGHT ? hash : hash.number(orientation)).hex();
  }
}
