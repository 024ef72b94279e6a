package org.sparring.theory;

import org.sparring.errors.TheoryException;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The normal distribution N(mean, deviation²) in one dimension.
 *
 * @param deviation positive
 */
record Gaussian(double mean, double deviation) {
  static final Gaussian STANDARD = new Gaussian(0, 1);

  Gaussian {
    TheoryException.require(deviation > 0, "a deviation must be positive, found " + deviation);
  }

  double density(double x) {
    double t = (x - mean) / deviation;
    return Math.exp(-t * t / 2) / (deviation * Math.sqrt(2 * Math.PI));
  }

  /** Returns the density at each point of an even grid, divided by the sum of the densities. */
  double[] shares(double[] grid) {
    double[] shares = new double[grid.length];
    double sum = 0;
    for (int i = 0; i < grid.length; i++) {
      shares[i] = density(grid[i]);
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }

  /** Returns random samples, (n, 1). */
  Operand<TFloat32> samples(Ops tf, int n, Operand<TInt64> seed) {
    return at(tf, tf.random.statelessRandomNormal(tf.constant(new int[] {n, 1}), seed));
  }

  /**
   * Returns the quantiles of (i + ½)/n, (n, 1): one sample from each of n intervals of equal
   * probability. The mean of a smooth function over them approximates its expectation with an error
   * of about 1/n.
   */
  Operand<TFloat32> strata(Ops tf, int n) {
    float[][] levels = new float[n][1];
    for (int i = 0; i < n; i++) {
      levels[i][0] = (i + 0.5f) / n;
    }
    return at(tf, tf.math.ndtri(tf.constant(levels)));
  }

  private Operand<TFloat32> at(Ops tf, Operand<TFloat32> standard) {
    Operand<TFloat32> wide = tf.math.mul(standard, tf.constant((float) deviation));
    return tf.math.add(wide, tf.constant((float) mean));
  }

  /** Returns n evenly spaced points from low to high. */
  static double[] grid(double low, double high, int n) {
    double[] grid = new double[n];
    for (int i = 0; i < n; i++) {
      grid[i] = low + (high - low) * i / (n - 1);
    }
    return grid;
  }

  /** Returns points as samples, (n, 1). */
  static Operand<TFloat32> column(Ops tf, double[] points) {
    float[][] column = new float[points.length][1];
    for (int i = 0; i < points.length; i++) {
      column[i][0] = (float) points[i];
    }
    return tf.constant(column);
  }
}
