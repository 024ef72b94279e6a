package org.sparring.errors;

/** An augmentation cannot be applied as requested; the message says why. */
public final class AugmentationException extends SparringException {
  private static final long serialVersionUID = 1L;

  public AugmentationException(String message) {
    super(ErrorKind.BAD_REQUEST, message);
  }

  public static void require(boolean holds, String rule) {
    if (!holds) {
      throw new AugmentationException(rule);
    }
  }
}
