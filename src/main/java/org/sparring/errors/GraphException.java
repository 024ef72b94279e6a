package org.sparring.errors;

/** A graph cannot be built, differentiated or run as requested; the message says why. */
public final class GraphException extends SparringException {
  private static final long serialVersionUID = 1L;

  public GraphException(String message) {
    super(ErrorKind.BAD_REQUEST, message);
  }

  public GraphException(String message, Throwable cause) {
    super(ErrorKind.BAD_REQUEST, message, cause);
  }
}
