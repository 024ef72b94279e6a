package org.sparring.errors;

/** A statistic was asked of numbers that have none; the message says what they must be. */
public final class MetricsException extends RuntimeException {
  public MetricsException(String message) {
    super(message);
  }

  public static void require(boolean holds, String rule) {
    if (!holds) {
      throw new MetricsException(rule);
    }
  }
}
