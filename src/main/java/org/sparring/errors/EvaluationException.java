package org.sparring.errors;

/**
 * A score cannot be computed; the message says what was expected, what was found and what to do.
 */
public final class EvaluationException extends SparringException {
  private static final long serialVersionUID = 1L;

  public EvaluationException(String message) {
    super(ErrorKind.BAD_REQUEST, message);
  }

  public EvaluationException(String message, Throwable cause) {
    super(ErrorKind.BAD_REQUEST, message, cause);
  }

  /**
   * @param problem what was expected and what was found
   * @param advice what to do
   */
  public EvaluationException(String problem, Advice advice, Throwable cause) {
    super(ErrorKind.BAD_REQUEST, problem, advice, cause);
  }

  public static void require(boolean holds, String rule) {
    if (!holds) {
      throw new EvaluationException(rule);
    }
  }
}
