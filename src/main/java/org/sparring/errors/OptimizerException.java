package org.sparring.errors;

/** A requested optimizer or game rule is not possible; the message says why. */
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
