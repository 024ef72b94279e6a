package org.sparring.errors;

/** A score cannot be computed; the message says what was expected, what was found, what to do. */
public final class EvaluationException extends RuntimeException {
  public EvaluationException(String message) {
    super(message);
  }

  public EvaluationException(String message, Throwable cause) {
    super(message, cause);
  }

  public static void require(boolean holds, String rule) {
    if (!holds) {
      throw new EvaluationException(rule);
    }
  }
}
