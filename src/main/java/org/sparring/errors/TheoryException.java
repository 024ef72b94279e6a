package org.sparring.errors;

/** A requested part of the theory does not exist; the message says which parts exist. */
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
