package org.sparring.errors;

/** What a run wanted to tell could not be written, or made no sense; the message says which. */
public final class TelemetryException extends SparringException {
  private static final long serialVersionUID = 1L;

  public TelemetryException(String message) {
    super(ErrorKind.FAILED, message);
  }

  public TelemetryException(String message, Throwable cause) {
    super(ErrorKind.FAILED, message, cause);
  }
}
