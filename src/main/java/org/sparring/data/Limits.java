package org.sparring.data;

import java.util.Objects;

/** Bounds that every source checks in the same words. */
final class Limits {
  private Limits() {}

  /** Bytes of {@code count} images of {@code each} bytes, if one array can hold them. */
  static int arrayLength(String name, int count, int each) {
    long total = (long) count * each;
    if (total > ImageSource.LONGEST_ARRAY) {
      throw DataException.in(
          name,
          "at most " + ImageSource.LONGEST_ARRAY + " bytes of pixels in memory",
          total + " bytes (" + count + " images of " + each + ")",
          "Stream the images from a folder of files, or choose a smaller side.");
    }
    return (int) total;
  }

  /** Refuses an index without an image and a target without room. */
  static void checkRead(ImageSource source, int index, byte[] into, int offset) {
    Objects.checkIndex(index, source.size());
    Objects.checkFromIndexSize(offset, source.geometry().bytes(), into.length);
  }
}
