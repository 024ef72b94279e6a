package org.sparring.errors;

/** A training run cannot be built or go on; the message says why. */
public class TrainingException extends RuntimeException {
  public TrainingException(String message) {
    super(message);
  }

  public static void require(boolean holds, String rule) {
    if (!holds) {
      throw new TrainingException(rule);
    }
  }
}
