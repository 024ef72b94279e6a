package org.sparring.metrics;

import org.sparring.errors.MetricsException;

/**
 * Which modes of a mixture of equal round Gaussians in the plane a set of points covers, by the
 * protocol of VEEGAN and PacGAN (Lin et al. 2018, arXiv 1712.04086, section 4.1): every point
 * belongs to its nearest mode; it is of high quality within 3σ of it; a mode counts with at least
 * one such point.
 *
 * <p>Reverse KL is taken over the shares of <em>all</em> points, as the paper does: "we assign each
 * of the generated samples to its closest mode". A point of low quality is counted in the share of
 * high quality, and not a second time by leaving it out here.
 *
 * @param modes (K, 2), centres
 * @param sigma deviation of each mode along each axis, positive
 */
public record ModeCoverage(double[][] modes, double sigma) {
  /** In deviations; further away a point is of no mode's quality. */
  public static final double RADIUS = 3;

  /**
   * Share of true data within 3σ: 1 − e^(−9/2), in per cent, 98.89. A generator with a larger one
   * has shrunk the modes.
   */
  public static final double TRUE_HIGH_QUALITY = -100 * Math.expm1(-RADIUS * RADIUS / 2);

  private static final int PLANE = 2;

  /**
   * What was found.
   *
   * @param points scored
   * @param modes covered
   * @param modesOf there are
   * @param highQuality share of the points, in per cent
   * @param divergence of the modes' shares from equal ones: reverse KL and its floor
   */
  public record Score(
      int points, int modes, int modesOf, double highQuality, UniformDivergence divergence) {

    /** KL(shares ‖ uniform) in nats. */
    public double reverseKl() {
      return divergence.kl();
    }

    /** Returns the expected KL divergence of real data at this number of points. */
    public double klFloor() {
      return divergence.floor();
    }

    /**
     * Whether more points lie within 3σ than of true data, by over two standard errors: the modes
     * came out narrower than they are. With 2500 points that is above 99.31 %.
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
   * @param points (n, 2), row-major, finite
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
   * @param points (n, 2), finite
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
