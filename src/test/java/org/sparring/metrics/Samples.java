package org.sparring.metrics;

import java.util.Random;

/** Samples of known distributions. */
final class Samples {
  private Samples() {}

  /** (count, deviations.length) of independent normals around a mean. */
  static Features normal(int count, double mean, long seed, double... deviations) {
    Random random = new Random(seed);
    double[][] points = new double[count][deviations.length];
    for (double[] point : points) {
      for (int k = 0; k < point.length; k++) {
        point[k] = mean + deviations[k] * random.nextGaussian();
      }
    }
    return Features.of(points);
  }

  /** Round normals. */
  static Features round(int count, int dimensions, double mean, long seed) {
    double[] deviations = new double[dimensions];
    java.util.Arrays.fill(deviations, 1);
    return normal(count, mean, seed, deviations);
  }

  /**
   * Moments that are exactly a mean and a covariance LLᵀ: of the points μ ± √(c) L eₖ, whose
   * scatter is 2c LLᵀ, with c = (2d − 1)/2.
   *
   * @param factor L, (d, r), of any rank
   */
  static Moments exactly(double[] mean, double[][] factor) {
    int d = mean.length;
    int r = factor[0].length;
    double root = Math.sqrt((2 * r - 1) / 2.0);
    double[][] points = new double[2 * r][d];
    for (int k = 0; k < r; k++) {
      for (int i = 0; i < d; i++) {
        points[2 * k][i] = mean[i] + root * factor[i][k];
        points[2 * k + 1][i] = mean[i] - root * factor[i][k];
      }
    }
    return Moments.of(Features.of(points));
  }

  /** A diagonal L of these deviations. */
  static double[][] diagonal(double... deviations) {
    double[][] factor = new double[deviations.length][deviations.length];
    for (int k = 0; k < deviations.length; k++) {
      factor[k][k] = deviations[k];
    }
    return factor;
  }
}
