package org.sparring.losses;

/** A loss was asked for that cannot be; the message says the rule and what was found. */
public final class LossException extends RuntimeException {
  public LossException(String message) {
    super(message);
  }

  static void require(boolean holds, String rule) {
    if (!holds) {
      throw new LossException(rule);
    }
  }
}
