package org.sparring.errors;

/**
 * A model cannot be written, read or called. The message says what was expected, what was found and
 * what to do. The kind distinguishes rejected requests:
 *
 * <pre>{@code
 * try {
 *   return batcher.sample(seed, count);
 * } catch (ModelException e) {
 *   switch (e.kind()) {
 *     case BUSY -> answer(503, e.getMessage());                 // ask again later
 *     case TOO_MANY, BAD_REQUEST -> answer(400, e.getMessage()); // ask for something else
 *     default -> throw e;
 *   }
 * }
 * }</pre>
 */
public final class ModelException extends SparringException {
  private static final long serialVersionUID = 1L;

  /** An exception for a model that cannot be written or read. */
  public ModelException(String message) {
    super(ErrorKind.UNREADABLE, message);
  }

  /** An exception with a cause, for a model that cannot be written or read. */
  public ModelException(String message, Throwable cause) {
    super(ErrorKind.UNREADABLE, message, cause);
  }

  /** An exception with advice as the last line of its message. */
  public ModelException(String problem, Advice advice) {
    super(ErrorKind.UNREADABLE, problem, advice);
  }

  /** An exception for a request that is refused. */
  public ModelException(ErrorKind kind, String message) {
    super(kind, message);
  }

  /** An exception with a cause, for a request that is refused. */
  public ModelException(ErrorKind kind, String message, Throwable cause) {
    super(kind, message, cause);
  }

  /**
   * Returns an exception about a model's file: what was expected and found, and the remedy on a
   * second line.
   */
  public static ModelException in(Object file, String expected, String found, String remedy) {
    return new ModelException(file + ": expected " + expected + ", found " + found + "\n" + remedy);
  }

  public static void require(boolean holds, String rule) {
    if (!holds) {
      throw new ModelException(rule);
    }
  }

  /** Throws an exception of kind {@link ErrorKind#BAD_REQUEST} unless {@code holds}. */
  public static void requireRequest(boolean holds, String rule) {
    if (!holds) {
      throw new ModelException(ErrorKind.BAD_REQUEST, rule);
    }
  }
}
