package org.sparring.errors;

/** Something was asked of the graph that it cannot do; the message says what and why. */
public final class GraphException extends RuntimeException {
  public GraphException(String message) {
    super(message);
  }

  public GraphException(String message, Throwable cause) {
    super(message, cause);
  }
}
