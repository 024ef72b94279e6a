package org.sparring.metrics;

import org.sparring.errors.MetricsException;

/** What every statistic of a classifier's answers checks. */
final class Probabilities {
  /** What a float32 softmax over a thousand classes may be off 1 in all. */
  private static final double ROUNDING = 1e-3;

  private Probabilities() {}

  /** Refuses rows that are no distributions over the classes. */
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
