package org.sparring.pictures;

import org.sparring.errors.DataException;

/** Bounds that every source checks in the same words. */
public final class Limits {
  /** Values that one Java array can hold. */
  public static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8L;

  private Limits() {}

  /** Bytes of {@code count} images of {@code each} bytes, if one array can hold them. */
  public static int arrayLength(String name, int count, int each) {
    long total = (long) count * each;
    if (total > LONGEST_ARRAY) {
      throw DataException.in(
          name,
          "at most " + LONGEST_ARRAY + " bytes of pixels in memory",
          total + " bytes (" + count + " images of " + each + ")",
          "Stream the images from a folder of files, or choose a smaller side.");
    }
    return (int) total;
  }

  /** Refuses an argument that breaks {@code rule}. */
  public static void require(boolean holds, String subject, String rule, Object found) {
    if (!holds) {
      throw DataException.in(subject, rule, String.valueOf(found), "Change the argument.");
    }
  }

  /** Refuses a mixture of Gaussians that is none. */
  public static void checkMixture(String name, int count, double spread, double sigma) {
    require(count >= 1, name, "1 mode or more", count);
    require(Double.isFinite(spread) && spread > 0, name, "a finite distance above 0", spread);
    require(Double.isFinite(sigma) && sigma > 0, name, "a finite sigma above 0", sigma);
  }
}
