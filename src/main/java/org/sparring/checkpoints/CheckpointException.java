package org.sparring.checkpoints;

/** A checkpoint cannot be written or read; the message says which, what was found, what to do. */
public final class CheckpointException extends RuntimeException {
  public CheckpointException(String message) {
    super(message);
  }

  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
