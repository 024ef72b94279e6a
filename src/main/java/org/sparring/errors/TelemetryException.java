package org.sparring.errors;

/** Logged values could not be written, or are invalid; the message says which. */
public final class TelemetryException extends SparringException {
  private static final long serialVersionUID = 1L;

  public TelemetryException(String message) {
    super(ErrorKind.FAILED, message);
  }

  public TelemetryException(String message, Throwable cause) {
    super(ErrorKind.FAILED, message, cause);
  }
}
