package org.sparring.metrics;

/**
 * Differences between two images of one shape, value by value.
 *
 * <p>Values 0, 0 and 0, 51: mean absolute error 25.5, mean squared error 1300.5, and 10·log₁₀(255²
 * / 1300.5) = 16.9897 dB.
 */
public final class SignalToNoise {
  private static final double PEAK = 255;

  private SignalToNoise() {}

  /**
   * Returns the peak signal-to-noise ratio 10·log₁₀(255² / mean squared error) in dB; infinity for
   * equal images.
   */
  public static double decibels(Pixels found, Pixels truth) {
    return 10 * Math.log10(PEAK * PEAK / meanSquare(found, truth));
  }

  /** Returns the mean squared difference of the values. */
  public static double meanSquare(Pixels found, Pixels truth) {
    found.requireSameShape(truth);
    double sum = 0;
    for (int i = 0; i < found.values().length; i++) {
      double difference = (double) found.values()[i] - truth.values()[i];
      sum += difference * difference;
    }
    return sum / found.values().length;
  }

  /** Returns the mean absolute difference of the values, 0 to 255. */
  public static double meanAbsolute(Pixels found, Pixels truth) {
    found.requireSameShape(truth);
    double sum = 0;
    for (int i = 0; i < found.values().length; i++) {
      sum += Math.abs((double) found.values()[i] - truth.values()[i]);
    }
    return sum / found.values().length;
  }
}
