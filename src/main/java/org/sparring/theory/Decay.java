package org.sparring.theory;

/** Estimates the factor by which a distance changes per step, over many steps. */
final class Decay {
  private Decay() {}

  /**
   * Returns e^s, where s is the least-squares slope of log distance over the step number. On an
   * elliptic orbit the distance oscillates; the fit averages over the oscillation, whereas a ratio
   * of two steps would not.
   *
   * @param distances of consecutive steps, positive
   * @param skipped number of initial steps to ignore, where smaller eigenvalues still contribute
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
