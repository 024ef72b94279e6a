package org.sparring.theory;

import java.util.function.Consumer;
import org.sparring.losses.Hinge;
import org.sparring.losses.LeastSquares;
import org.sparring.losses.RelativisticPairing;

/**
 * The optimal discriminators of other losses against a fixed generator, on the distributions of
 * {@link Table}.
 *
 * <ul>
 *   <li>Least squares with targets b = 1 and a = 0: D* = (b·p_data + a·p_g)/(p_data + p_g) (Mao et
 *       al. 2017, arXiv 1611.04076, equation 5), on the raw logit.
 *   <li>Hinge: D* = sign(p_data − p_g). Within the margin the loss is linear in a cell's logit with
 *       slope p_g − p_data, beyond it a larger logit costs p_g (a smaller one p_data). Where p_data
 *       = p_g all logits in [−1, 1] are optimal.
 *   <li>Relativistic pairing: D* = log p_data/p_g + c for any c. With rₓ = p_data(x)/p_g(x) the
 *       condition for cell x is Σ_y p_data(x)·p_g(y)·r_y/(rₓ + r_y) = Σ_y p_g(x)·p_data(y)·rₓ/(rₓ +
 *       r_y), and both are Σ_y p_data(x)·p_data(y)/(rₓ + r_y), term by term.
 * </ul>
 */
record OtherOptima() implements Statement {
  /** Exchanged targets would be an error of .78; a halved target .44. */
  private static final double SQUARES_TOLERANCE = 1e-3;

  /**
   * The other sign would be an error of 2. Adam's last steps are small, and so are its
   * oscillations.
   */
  private static final double HINGE_TOLERANCE = 0.01;

  /** log r spans −1.6 to 2.1: half of it (a wrong factor) would be an error of about 1. */
  private static final double RATIO_TOLERANCE = 5e-3;

  private static final float SHIFT = 5;

  @Override
  public String name() {
    return "optimum-others";
  }

  @Override
  public String title() {
    return "the same table with the other losses";
  }

  @Override
  public void check(long seed, Consumer<Row> rows) {
    leastSquares(seed, rows);
    hinge(seed, rows);
    relativistic(seed, rows);
  }

  private void leastSquares(long seed, Consumer<Row> rows) {
    TableCritic critic = TableCritic.trained(Table.UNLIKE, new LeastSquares(), 0, seed);
    double gap = Gap.largest(critic.logits(), TableOptimum.optimum(Table.UNLIKE));
    rows.accept(
        row(
            "least-squares",
            "least squares: largest |D − p_data/(p_data + p_g)|",
            "Mao et al. 2017, arXiv 1611.04076, equation 5",
            0,
            gap,
            SQUARES_TOLERANCE));
  }

  private void hinge(long seed, Consumer<Row> rows) {
    TableCritic critic = TableCritic.trained(Table.UNLIKE, new Hinge(), 0, seed);
    double[] p = Table.UNLIKE.dataShares();
    double[] q = Table.UNLIKE.generatedShares();
    double gap = 0;
    for (int cell = 0; cell < p.length; cell++) {
      if (p[cell] != q[cell]) {
        gap = Math.max(gap, Math.abs(critic.logits()[cell] - Math.signum(p[cell] - q[cell])));
      }
    }
    rows.accept(
        row(
            "hinge",
            "hinge: largest |D − sign(p_data − p_g)|",
            "Lim and Ye 2017, arXiv 1705.02894, section 3",
            0,
            gap,
            HINGE_TOLERANCE));
  }

  private void relativistic(long seed, Consumer<Row> rows) {
    String paper = "Jolicoeur-Martineau 2018, arXiv 1807.00734, equation 3";
    TableCritic critic = TableCritic.trained(Table.UNLIKE, new RelativisticPairing(), 0, seed);
    rows.accept(
        row(
            "pairing",
            "relativistic pairing: largest |D − log p_data/p_g − c|",
            paper,
            0,
            Gap.largest(Gap.centred(critic.logits()), Gap.centred(logRatio())),
            RATIO_TOLERANCE));
    TableCritic shifted = TableCritic.trained(Table.UNLIKE, new RelativisticPairing(), SHIFT, seed);
    // a loss that is not invariant would lead both to the same mean, with a difference of 0 instead
    // of 5
    rows.accept(
        row(
            "pairing-shift",
            "c is free: trained from logits 5 higher it ends higher by",
            paper,
            SHIFT,
            Gap.mean(shifted.logits()) - Gap.mean(critic.logits()),
            RATIO_TOLERANCE));
  }

  private static double[] logRatio() {
    double[] p = Table.UNLIKE.dataShares();
    double[] q = Table.UNLIKE.generatedShares();
    double[] ratio = new double[p.length];
    for (int cell = 0; cell < p.length; cell++) {
      ratio[cell] = Math.log(p[cell] / q[cell]);
    }
    return ratio;
  }

  private Row row(
      String row,
      String statement,
      String source,
      double predicted,
      double measured,
      double tolerance) {
    return new Row(name() + "/" + row, statement, source, predicted, measured, tolerance);
  }
}
