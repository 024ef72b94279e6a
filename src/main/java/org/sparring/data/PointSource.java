package org.sparring.data;

import org.sparring.pictures.Limits;

/** A mixture of equal round Gaussians in the plane: the smallest data on which a GAN collapses. */
public interface PointSource {
  /** A short name for logs. */
  String name();

  /** Centres, {@code (modes, 2)}; a fresh copy. */
  double[][] modes();

  /** Standard deviation of each mode along each axis, above 0. */
  double sigma();

  /**
   * Points {@code (count, 2)} row-major, each from a mode drawn with equal chance. A function of
   * (count, seed), and the first points do not depend on count.
   */
  default float[] samples(int count, long seed) {
    Limits.require(count >= 1, name(), "1 sample or more", count);
    double[][] modes = modes();
    Draws draws = new Draws(seed, 0);
    float[] points = new float[Limits.arrayLength(name(), count, 2)];
    for (int i = 0; i < count; i++) {
      double[] centre = modes[draws.below(modes.length)];
      points[2 * i] = (float) (centre[0] + sigma() * draws.gaussian());
      points[2 * i + 1] = (float) (centre[1] + sigma() * draws.gaussian());
    }
    return points;
  }
}
