package org.sparring.metrics;

import org.sparring.errors.MetricsException;

/**
 * Counts which modes of a mixture of equal isotropic Gaussians in the plane a set of points covers,
 * by the protocol of VEEGAN and PacGAN (Lin et al. 2018, arXiv 1712.04086, section 4.1). Each point
 * is assigned to its nearest mode and is of high quality if it lies within 3σ of that mode. A mode
 * is covered if at least one high-quality point is assigned to it.
 *
 * <p>Reverse KL is taken over the shares of <em>all</em> points, as the paper does: "we assign each
 * of the generated samples to its closest mode". Points of low quality therefore affect the KL; the
 * share of high quality reports them separately.
 *
 * @param modes centres of the modes, (K, 2)
 * @param sigma standard deviation of each mode along each axis, positive
 */
public record ModeCoverage(double[][] modes, double sigma) {
  /** Largest distance of a high-quality point from its mode, in standard deviations. */
  public static final double RADIUS = 3;

  /**
   * Share of real data within 3σ, in per cent: 100·(1 − e^(−9/2)) = 98.89. A generator with a
   * significantly larger share has shrunk the modes.
   */
  public static final double TRUE_HIGH_QUALITY = -100 * Math.expm1(-RADIUS * RADIUS / 2);

  private static final int PLANE = 2;

  /**
   * The coverage of a set of points.
   *
   * @param points number of points
   * @param modes number of covered modes
   * @param modesOf number of all modes
   * @param highQuality share of high-quality points, in per cent
   * @param divergence of the mode shares from equal shares: reverse KL and its floor
   */
  public record Score(
      int points, int modes, int modesOf, double highQuality, UniformDivergence divergence) {

    /** Returns KL(shares ‖ uniform) in nats. */
    public double reverseKl() {
      return divergence.kl();
    }

    /** Returns the expected KL divergence of real data with this number of points, in nats. */
    public double klFloor() {
      return divergence.floor();
    }

    /**
     * Returns whether the share of points within 3σ exceeds that of real data by more than two
     * standard errors: the generated modes are too narrow. With 2500 points the limit is 99.31 %.
     */
    public boolean shrunken() {
      double truth = TRUE_HIGH_QUALITY / 100;
      double standardError = Math.sqrt(truth * (1 - truth) / points);
      return highQuality > 100 * (truth + 2 * standardError);
    }
  }

  public ModeCoverage {
    Points.require("mode", modes, 1);
    MetricsException.require(
        modes[0].length == PLANE, "modes lie in the plane, found " + modes[0].length + " axes");
    MetricsException.require(
        sigma > 0 && Double.isFinite(sigma), "sigma must be positive, found " + sigma);
  }

  /**
   * Scores a set of points.
   *
   * @param points the points, (n, 2), row-major, finite
   */
  public Score score(float[] points) {
    MetricsException.require(
        points.length % PLANE == 0,
        "expected two coordinates a point, found " + points.length + " numbers");
    double[][] apart = new double[points.length / PLANE][];
    for (int i = 0; i < apart.length; i++) {
      apart[i] = new double[] {points[PLANE * i], points[PLANE * i + 1]};
    }
    return score(apart);
  }

  /**
   * Scores a set of points.
   *
   * @param points the points, (n, 2), finite
   */
  public Score score(double[][] points) {
    Points.require("point", points, 1);
    Points.requireSameSpace(modes, points);
    long[] assigned = new long[modes.length];
    boolean[] covered = new boolean[modes.length];
    int good = 0;
    for (double[] point : points) {
      int mode = nearest(point);
      assigned[mode]++;
      if (Points.distance(point, modes[mode]) < RADIUS * sigma) {
        covered[mode] = true;
        good++;
      }
    }
    double highQuality = 100.0 * good / points.length;
    UniformDivergence divergence = UniformDivergence.of(assigned);
    return new Score(points.length, count(covered), modes.length, highQuality, divergence);
  }

  private int nearest(double[] point) {
    int nearest = 0;
    for (int mode = 1; mode < modes.length; mode++) {
      double distance = Points.squaredDistance(point, modes[mode]);
      nearest = distance < Points.squaredDistance(point, modes[nearest]) ? mode : nearest;
    }
    return nearest;
  }

  private static int count(boolean[] covered) {
    int count = 0;
    for (boolean one : covered) {
      count += one ? 1 : 0;
    }
    return count;
  }
}
