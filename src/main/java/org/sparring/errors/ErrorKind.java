package org.sparring.errors;

/**
 * What a caller can do about a {@link SparringException}. The command line maps each kind to an
 * exit code; a service can map each kind to an HTTP status.
 */
public enum ErrorKind {
  /** A recipe, an argument or a combination of them is wrong. Correct it; the message names it. */
  BAD_REQUEST,

  /** A request exceeds what one call can return. Request fewer at a time. */
  TOO_MANY,

  /** The queue of waiting requests is full. Ask again later, or from fewer threads. */
  BUSY,

  /** The model or batcher was closed before. Open another one. */
  CLOSED,

  /** The data set is missing, damaged, or not what the recipe expects. Correct the data. */
  BAD_DATA,

  /** A loss or a weight is no longer a finite number. Train with a lower learning rate. */
  DIVERGED,

  /**
   * A checkpoint or model is missing, damaged or of the wrong type, or the disk failed. Use another
   * file, or free space on the disk.
   */
  UNREADABLE,

  /**
   * A worker of the same training was lost: killed, stopped or unreachable. Start all workers again
   * from the last checkpoint.
   */
  LOST,

  /** Any other failure. The message says what to do; the same call may succeed later. */
  FAILED;

  /**
   * Whether services refuse requests with this kind under load. Such an exception has no stack
   * trace, so that a refusal costs little.
   */
  boolean isUnderLoad() {
    return this == TOO_MANY || this == BUSY || this == CLOSED;
  }
}
