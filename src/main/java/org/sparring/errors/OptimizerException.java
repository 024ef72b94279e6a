package org.sparring.errors;

/** An optimizer or a game rule was asked for that makes no sense; the message says why. */
public final class OptimizerException extends SparringException {
  private static final long serialVersionUID = 1L;

  public OptimizerException(String message) {
    super(ErrorKind.BAD_REQUEST, message);
  }

  public static void require(boolean holds, String rule) {
    if (!holds) {
      throw new OptimizerException(rule);
    }
  }
}
