package org.sparring.errors;

/** Something of the theory was asked for that is not there; the message says what is. */
public final class TheoryException extends SparringException {
  private static final long serialVersionUID = 1L;

  public TheoryException(String message) {
    super(ErrorKind.BAD_REQUEST, message);
  }

  public static void require(boolean holds, String rule) {
    if (!holds) {
      throw new TheoryException(rule);
    }
  }
}
