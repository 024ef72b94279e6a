package org.sparring.pictures;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The orientation in which a camera was held: the EXIF tag 0x0112, values 1 (upright) to 8. Only
 * this tag is read, from the first directory of a TIFF structure; damaged data count as upright.
 */
final class Orientation {
  static final int UPRIGHT = 1;

  /** Orientations from here on are of a camera held sideways. */
  private static final int FIRST_TURNED = 5;

  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY = 12;

  private Orientation() {}

  /**
   * Returns the orientation, 1 to 8.
   *
   * @param bytes contain a TIFF structure, which is also the content of EXIF
   * @param from index of its first byte
   * @param length its length in bytes
   */
  static int of(byte[] bytes, int from, int length) {
    if (length < 8 || from < 0 || from > bytes.length - length) {
      return UPRIGHT;
    }
    ByteBuffer tiff = ByteBuffer.wrap(bytes, from, length).slice();
    boolean little = tiff.get(0) == 'I' && tiff.get(1) == 'I';
    boolean big = tiff.get(0) == 'M' && tiff.get(1) == 'M';
    tiff.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    if (!(little || big) || tiff.getShort(2) != 42) {
      return UPRIGHT;
    }
    int directory = tiff.getInt(4);
    return directory < 8 || directory > length - 2 ? UPRIGHT : of(tiff, directory);
  }

  private static int of(ByteBuffer tiff, int directory) {
    int entries = tiff.getShort(directory) & 0xffff;
    for (int i = 0; i < entries; i++) {
      int at = directory + 2 + i * ENTRY;
      if (at > tiff.limit() - ENTRY) {
        return UPRIGHT;
      }
      if ((tiff.getShort(at) & 0xffff) == TAG) {
        int value = tiff.getShort(at + 8) & 0xffff;
        boolean known = tiff.getShort(at + 2) == SHORT && value >= 1 && value <= 8;
        return known ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /** Returns whether making the picture upright swaps its height and width. */
  static boolean isTurned(int orientation) {
    return orientation >= FIRST_TURNED;
  }

  /** Returns the picture rotated and mirrored to upright. */
  static Picture upright(Picture picture, int orientation) {
    if (orientation == UPRIGHT) {
      return picture;
    }
    ImageGeometry from = picture.geometry();
    boolean swaps = orientation >= 5;
    int height = swaps ? from.width() : from.height();
    int width = swaps ? from.height() : from.width();
    ImageGeometry to = new ImageGeometry(height, width, from.channels());
    byte[] pixels = new byte[to.bytes()];
    int c = from.channels();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int source = source(orientation, y, x, from) * c;
        System.arraycopy(picture.pixels(), source, pixels, (y * width + x) * c, c);
      }
    }
    return new Picture(to, pixels);
  }

  /** Returns the row-major index in the stored image of the pixel that is shown at (y, x). */
  private static int source(int orientation, int y, int x, ImageGeometry stored) {
    int bottom = stored.height() - 1;
    int right = stored.width() - 1;
    int row =
        switch (orientation) {
          case 2 -> y;
          case 3, 4 -> bottom - y;
          case 5, 6 -> orientation == 5 ? x : bottom - x;
          case 7 -> bottom - x;
          default -> x;
        };
    int column =
        switch (orientation) {
          case 2, 3 -> right - x;
          case 4 -> x;
          case 5, 6 -> y;
          default -> right - y;
        };
    return row * stored.width() + column;
  }
}
