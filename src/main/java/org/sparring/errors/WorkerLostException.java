package org.sparring.errors;

/**
 * Another worker of the same training was lost, so this one cannot continue. The message names the
 * lost worker where it is known.
 */
public final class WorkerLostException extends SparringException {
  private static final long serialVersionUID = 1L;

  public WorkerLostException(String message) {
    super(ErrorKind.LOST, message);
  }

  /**
   * @param message which worker was lost and at which step
   * @param cause exception of TensorFlow
   */
  public WorkerLostException(String message, Throwable cause) {
    super(ErrorKind.LOST, message, cause);
  }
}
