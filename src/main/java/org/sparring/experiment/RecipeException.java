package org.sparring.experiment;

import java.util.List;
import org.sparring.data.EditDistance;

/** A recipe or an option says something it cannot; the message says what, and what would do. */
public final class RecipeException extends RuntimeException {
  public RecipeException(String message) {
    super(message);
  }

  public RecipeException(String message, Throwable cause) {
    super(message, cause);
  }

  static void require(boolean holds, String rule) {
    if (!holds) {
      throw new RecipeException(rule);
    }
  }

  /** A value that must be one of a few words. */
  static void requireOneOf(String key, String found, String... valid) {
    require(
        List.of(valid).contains(found),
        key
            + ": expected one of "
            + String.join(", ", valid)
            + ", found '"
            + found
            + "'; did you mean '"
            + EditDistance.nearest(found, List.of(valid))
            + "'?");
  }

  /** A number that must lie in a range. */
  static void requireAtLeast(String key, double found, double least) {
    require(
        found >= least, key + ": expected at least " + plain(least) + ", found " + plain(found));
  }

  static String plain(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }
}
