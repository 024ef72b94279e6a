package org.sparring.theory;

/** Something of the theory was asked for that is not there; the message says what is. */
public final class TheoryException extends RuntimeException {
  public TheoryException(String message) {
    super(message);
  }

  static void require(boolean holds, String rule) {
    if (!holds) {
      throw new TheoryException(rule);
    }
  }
}
