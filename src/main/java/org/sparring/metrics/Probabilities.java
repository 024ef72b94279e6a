package org.sparring.metrics;

import org.sparring.errors.MetricsException;

/** The check shared by the statistics of class probabilities. */
final class Probabilities {
  /**
   * Tolerance for the deviation of a row's sum from 1, for a float32 softmax over a thousand
   * classes.
   */
  private static final double ROUNDING = 1e-3;

  private Probabilities() {}

  /** Throws unless every row is a distribution over {@code classes} classes. */
  static void require(Features answers, int classes) {
    MetricsException.require(
        answers.dimensions() == classes,
        "expected the probabilities of " + classes + " classes, found " + answers.dimensions());
    for (int i = 0; i < answers.count(); i++) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        double p = answers.values()[i * classes + c];
        MetricsException.require(
            p >= 0, "sample " + i + ": a probability must be at least 0, found " + p);
        sum += p;
      }
      MetricsException.require(
          Math.abs(sum - 1) < ROUNDING,
          "sample " + i + ": probabilities must have the sum 1, found " + sum);
    }
  }
}
