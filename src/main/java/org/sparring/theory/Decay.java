package org.sparring.theory;

/** By which factor a distance changes in a step, over many steps. */
final class Decay {
  private Decay() {}

  /**
   * e^s, with s the least-squares slope of log distance over the step number: an ellipse's coming
   * nearer and going away averages out, which it does not in a ratio of two steps.
   *
   * @param distances of steps one after the other, positive
   * @param skipped so many at the beginning, where smaller eigenvalues still take part
   */
  static double factor(double[] distances, int skipped) {
    int n = distances.length - skipped;
    double middle = (n - 1) / 2.0;
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < n; i++) {
      covariance += (i - middle) * Math.log(distances[skipped + i]);
      variance += (i - middle) * (i - middle);
    }
    return Math.exp(covariance / variance);
  }
}
