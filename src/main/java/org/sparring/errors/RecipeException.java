package org.sparring.errors;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;

/** A recipe or a run folder is wrong; the message says what is wrong and what would be valid. */
public final class RecipeException extends SparringException {
  private static final long serialVersionUID = 1L;

  public RecipeException(String message) {
    super(ErrorKind.BAD_REQUEST, message);
  }

  public RecipeException(String message, Throwable cause) {
    super(ErrorKind.BAD_REQUEST, message, cause);
  }

  /**
   * @param problem what was expected and what was found
   * @param advice what to do
   */
  public RecipeException(String problem, Advice advice) {
    super(ErrorKind.BAD_REQUEST, problem, advice);
  }

  /**
   * Returns an exception for a recipe file that cannot be read or written, with the reason in
   * words.
   */
  public static RecipeException of(String what, IOException e) {
    return new RecipeException(what + ": " + reason(e), e);
  }

  private static String reason(IOException e) {
    if (e instanceof FileAlreadyExistsException) {
      return "there is a file of that name";
    }
    return e instanceof CharacterCodingException ? "it is not text in UTF-8" : DiskFault.reason(e);
  }

  public static void require(boolean holds, String rule) {
    if (!holds) {
      throw new RecipeException(rule);
    }
  }

  /** Throws unless {@code found} is one of the {@code valid} words. */
  public static void requireOneOf(String key, String found, String... valid) {
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

  /** Throws if a whole number is below {@code least}. */
  public static void requireAtLeast(String key, long found, long least) {
    require(found >= least, key + ": expected at least " + least + ", found " + found);
  }

  /** Throws if a whole number is above {@code most}, the limit of what a machine can hold. */
  public static void requireAtMost(String key, long found, long most) {
    require(found <= most, key + ": expected at most " + most + ", found " + found);
  }

  /** Throws if a number is negative or not finite. */
  public static void requireNotNegative(String key, double found) {
    require(found >= 0 && Double.isFinite(found), key + ": expected 0 or more, found " + found);
  }

  /** Throws unless a number is positive and finite. */
  public static void requirePositive(String key, float found) {
    require(
        found > 0 && Float.isFinite(found), key + ": expected a positive number, found " + found);
  }

  /** Throws unless a decay lies in [0, 1). */
  public static void requireBelowOne(String key, float found) {
    require(found >= 0 && found < 1, key + ": expected at least 0 and below 1, found " + found);
  }
}
