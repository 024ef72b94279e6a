package org.sparring.evaluation;

/** A score cannot be computed; the message says what was expected, what was found, what to do. */
public final class EvaluationException extends RuntimeException {
  public EvaluationException(String message) {
    super(message);
  }

  EvaluationException(String message, Throwable cause) {
    super(message, cause);
  }

  static void require(boolean holds, String rule) {
    if (!holds) {
      throw new EvaluationException(rule);
    }
  }
}
