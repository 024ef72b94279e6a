package org.sparring.errors;

/** The graph cannot do what was requested; the message says what and why. */
public final class GraphException extends SparringException {
  private static final long serialVersionUID = 1L;

  public GraphException(String message) {
    super(ErrorKind.BAD_REQUEST, message);
  }

  public GraphException(String message, Throwable cause) {
    super(ErrorKind.BAD_REQUEST, message, cause);
  }
}
