package org.sparring.errors;

/** A requested loss is not possible; the message says the rule and what was found. */
public final class LossException extends SparringException {
  private static final long serialVersionUID = 1L;

  public LossException(String message) {
    super(ErrorKind.BAD_REQUEST, message);
  }

  public static void require(boolean holds, String rule) {
    if (!holds) {
      throw new LossException(rule);
    }
  }
}
