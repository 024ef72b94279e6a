package org.sparring.pictures;

import org.sparring.errors.DataException;

/** Limits that all data sources check with the same messages. */
public final class Limits {
  /** Maximum length of a Java array. */
  public static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8L;

  private Limits() {}

  /**
   * Returns the total size of {@code count} images of {@code each} bytes; throws if one array
   * cannot hold them.
   */
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

  /** Throws unless {@code holds}; the message names the subject, the rule and the value found. */
  public static void require(boolean holds, String subject, String rule, Object found) {
    if (!holds) {
      throw DataException.in(subject, rule, String.valueOf(found), "Change the argument.");
    }
  }

  /** Throws unless the parameters describe a mixture of Gaussians. */
  public static void checkMixture(String name, int count, double spread, double sigma) {
    require(count >= 1, name, "1 mode or more", count);
    require(Double.isFinite(spread) && spread > 0, name, "a finite distance above 0", spread);
    require(Double.isFinite(sigma) && sigma > 0, name, "a finite sigma above 0", sigma);
  }
}
