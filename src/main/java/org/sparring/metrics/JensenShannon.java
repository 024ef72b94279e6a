package org.sparring.metrics;

import org.sparring.errors.MetricsException;

/**
 * The Jensen–Shannon divergence of two distributions over the same cells, in nats: JSD = ½KL(p ‖ m)
 * + ½KL(q ‖ m) with m = ½(p + q) (Lin 1991). It lies in [0, log 2].
 *
 * <p>Of (½, ½) and (1, 0): ½·(½·log ⅔ + ½·log 2) + ½·log 4⁄3 = .2158. Densities on a fine grid,
 * normalised to shares, give the divergence of the densities.
 */
public final class JensenShannon {
  /** What a share may be off 1 in all, from rounding. */
  private static final double ROUNDING = 1e-9;

  private JensenShannon() {}

  /**
   * @param p shares of the cells, at least 0, with sum 1
   * @param q shares of the same cells in the other distribution
   */
  public static double of(double[] p, double[] q) {
    requireShares(p);
    requireShares(q);
    MetricsException.require(
        p.length == q.length,
        "expected as many cells in both, found " + p.length + " and " + q.length);
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double m = (p[i] + q[i]) / 2;
      sum += term(p[i], m) + term(q[i], m);
    }
    return sum / 2;
  }

  /** p log p/m, and 0 where p is. */
  private static double term(double p, double m) {
    return p == 0 ? 0 : p * Math.log(p / m);
  }

  private static void requireShares(double[] shares) {
    double sum = 0;
    for (double share : shares) {
      MetricsException.require(share >= 0, "a share must be at least 0, found " + share);
      sum += share;
    }
    MetricsException.require(
        Math.abs(sum - 1) < ROUNDING, "shares must have the sum 1, found " + sum);
  }
}
