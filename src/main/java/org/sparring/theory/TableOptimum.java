package org.sparring.theory;

import java.util.function.Consumer;
import org.sparring.losses.Minimax;
import org.sparring.metrics.JensenShannon;

/**
 * Proposition 1 and theorem 1 of Goodfellow et al. 2014 (arXiv 1406.2661) with exact expectations:
 * D* = p_data/(p_data + p_g), V(D*, G) = −log 4 + 2·JSD(p_data ‖ p_g), and −log 4 where p_g =
 * p_data.
 */
record TableOptimum() implements Statement {
  private static final String PAPER = "Goodfellow et al. 2014, arXiv 1406.2661, ";

  /** With p_g in the numerator the error of D would be .78; training ends within 1e-5. */
  private static final double OPTIMUM_TOLERANCE = 1e-3;

  /**
   * With JSD in place of 2·JSD the error would be .17. V is flat at its optimum, so only the error
   * of float32 remains.
   */
  private static final double VALUE_TOLERANCE = 1e-4;

  private static final double LOG_4 = Math.log(4);

  @Override
  public String name() {
    return "optimum-table";
  }

  @Override
  public String title() {
    return "a logit for each of six cells, trained on exact expectations";
  }

  @Override
  public void check(long seed, Consumer<Row> rows) {
    TableCritic critic = TableCritic.trained(Table.UNLIKE, new Minimax(), 0, seed);
    double gap = Gap.largest(critic.probabilities(), optimum(Table.UNLIKE));
    rows.accept(
        row(
            "discriminator",
            "largest |D − p_data/(p_data + p_g)|",
            "proposition 1",
            0,
            gap,
            OPTIMUM_TOLERANCE));
    rows.accept(
        row(
            "value",
            "V(D*, G) = −log 4 + 2·JSD",
            "theorem 1",
            value(Table.UNLIKE),
            -critic.loss(),
            VALUE_TOLERANCE));
    TableCritic even = TableCritic.trained(Table.ALIKE, new Minimax(), 0, seed);
    rows.accept(
        row(
            "value-at-equality",
            "V(D*, G) = −log 4 where p_g = p_data",
            "theorem 1",
            -LOG_4,
            -even.loss(),
            VALUE_TOLERANCE));
  }

  /** Returns p_data/(p_data + p_g), equation 2, (cells). */
  static double[] optimum(Table table) {
    double[] p = table.dataShares();
    double[] q = table.generatedShares();
    double[] optimum = new double[p.length];
    for (int i = 0; i < p.length; i++) {
      optimum[i] = p[i] / (p[i] + q[i]);
    }
    return optimum;
  }

  /** Returns −log 4 + 2·JSD, equation 6. */
  private static double value(Table table) {
    return -LOG_4 + 2 * JensenShannon.of(table.dataShares(), table.generatedShares());
  }

  private Row row(
      String row,
      String statement,
      String place,
      double predicted,
      double measured,
      double tolerance) {
    return new Row(name() + "/" + row, statement, PAPER + place, predicted, measured, tolerance);
  }
}
