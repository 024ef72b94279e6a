package org.sparring.pictures;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOException;

/** Checks the chunks of a WebP before it is decoded. */
final class WebpFile {
  private static final int HEADER = 12;
  private static final String EXIF_START = "Exif\0\0";

  private WebpFile() {}

  /** Throws if the file is shorter than its chunks require. */
  static void requireWhole(byte[] webp) throws IOException {
    if (walk(webp) < 0) {
      throw new IIOException("cut short");
    }
  }

  /** Returns the EXIF orientation; 1 if there is none. */
  static int orientation(byte[] webp) {
    return Math.max(Orientation.UPRIGHT, walk(webp));
  }

  /** Returns the orientation, or −1 if a chunk extends beyond the end of the file. */
  private static int walk(byte[] webp) {
    ByteBuffer bytes = ByteBuffer.wrap(webp).order(ByteOrder.LITTLE_ENDIAN);
    long end = 8 + (bytes.getInt(4) & 0xffffffffL);
    int orientation = Orientation.UPRIGHT;
    long at = HEADER;
    while (at + 8 <= end && end <= webp.length) {
      int start = (int) at;
      long length = bytes.getInt(start + 4) & 0xffffffffL;
      if (start + 8 + length > end) {
        return -1;
      }
      if (new String(webp, start, 4, StandardCharsets.ISO_8859_1).equals("EXIF")) {
        orientation = exif(webp, start + 8, (int) length);
      }
      at += 8 + length + length % 2;
    }
    return end <= webp.length ? orientation : -1;
  }

  /**
   * Returns the orientation in an EXIF chunk. Some programs write the six bytes that precede EXIF
   * in a JPEG; they are skipped.
   */
  private static int exif(byte[] webp, int from, int length) {
    int prefix = EXIF_START.length();
    boolean marked =
        length > prefix
            && new String(webp, from, prefix, StandardCharsets.ISO_8859_1).equals(EXIF_START);
    return marked
        ? Orientation.of(webp, from + prefix, length - prefix)
        : Orientation.of(webp, from, length);
  }
}
