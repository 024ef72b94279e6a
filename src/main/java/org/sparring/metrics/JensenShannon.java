package org.sparring.metrics;

import org.sparring.errors.MetricsException;

/**
 * The Jensen–Shannon divergence of two discrete distributions over the same cells, in nats: JSD =
 * ½KL(p ‖ m) + ½KL(q ‖ m) with m = ½(p + q) (Lin 1991). It lies in [0, log 2].
 *
 * <p>For (½, ½) and (1, 0): ½·(½·log ⅔ + ½·log 2) + ½·log 4⁄3 = .2158. To compare densities,
 * evaluate them on a fine grid and normalise the values to sum 1.
 */
public final class JensenShannon {
  /** Tolerance for the deviation of the sum of the shares from 1, because of rounding. */
  private static final double ROUNDING = 1e-9;

  private JensenShannon() {}

  /**
   * Returns the divergence in nats, in [0, log 2].
   *
   * @param p shares of the cells, (cells), each at least 0, with sum 1
   * @param q shares of the same cells in the other distribution, (cells)
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

  /** Returns p log p/m; 0 if p is 0. */
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
