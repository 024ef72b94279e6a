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

  /** Of a file that cannot be read or written: what is wrong, in words. */
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

  /** A value that must be one of a few words. */
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

  /** A whole number that must lie in a range. */
  public static void requireAtLeast(String key, long found, long least) {
    require(found >= least, key + ": expected at least " + least + ", found " + found);
  }

  /** A whole number that a machine must still be able to hold. */
  public static void requireAtMost(String key, long found, long most) {
    require(found <= most, key + ": expected at most " + most + ", found " + found);
  }

  /** A number that must not be negative. */
  public static void requireNotNegative(String key, double found) {
    require(found >= 0 && Double.isFinite(found), key + ": expected 0 or more, found " + found);
  }

  /** A number above 0. */
  public static void requirePositive(String key, float found) {
    require(
        found > 0 && Float.isFinite(found), key + ": expected a positive number, found " + found);
  }

  /** A decay. */
  public static void requireBelowOne(String key, float found) {
    require(found >= 0 && found < 1, key + ": expected at least 0 and below 1, found " + found);
  }
}
