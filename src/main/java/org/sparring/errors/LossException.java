package org.sparring.errors;

/** A loss was asked for that cannot be; the message says the rule and what was found. */
public final class LossException extends RuntimeException {
  public LossException(String message) {
    super(message);
  }

  public static void require(boolean holds, String rule) {
    if (!holds) {
      throw new LossException(rule);
    }
  }
}
