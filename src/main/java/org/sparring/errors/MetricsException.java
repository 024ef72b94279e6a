package org.sparring.errors;

/** A statistic is not defined for the given numbers; the message says what they must be. */
public final class MetricsException extends SparringException {
  private static final long serialVersionUID = 1L;

  public MetricsException(String message) {
    super(ErrorKind.FAILED, message);
  }

  public static void require(boolean holds, String rule) {
    if (!holds) {
      throw new MetricsException(rule);
    }
  }
}
