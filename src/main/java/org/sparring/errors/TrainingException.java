package org.sparring.errors;

/** A training run cannot be built or cannot continue; the message says why. */
public class TrainingException extends SparringException {
  private static final long serialVersionUID = 1L;

  public TrainingException(String message) {
    super(ErrorKind.BAD_REQUEST, message);
  }

  /**
   * @param problem what was expected and what was found
   * @param advice what to do; the last line of the message
   */
  public TrainingException(String problem, Advice advice) {
    super(ErrorKind.BAD_REQUEST, problem, advice);
  }

  /**
   * @param kind what the caller can do
   */
  protected TrainingException(ErrorKind kind, String message) {
    super(kind, message);
  }

  public static void require(boolean holds, String rule) {
    if (!holds) {
      throw new TrainingException(rule);
    }
  }
}
