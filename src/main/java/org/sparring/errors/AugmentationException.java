package org.sparring.errors;

/** An augmentation was asked for something it cannot do; the message says what. */
public final class AugmentationException extends RuntimeException {
  public AugmentationException(String message) {
    super(message);
  }

  public static void require(boolean holds, String rule) {
    if (!holds) {
      throw new AugmentationException(rule);
    }
  }
}
