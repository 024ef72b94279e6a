package org.sparring.theory;

import java.util.Optional;
import java.util.function.Consumer;
import org.sparring.layers.Normalization;
import org.sparring.losses.Minimax;
import org.sparring.losses.Wasserstein;
import org.sparring.regularizers.GradientPenalty;

/**
 * The critic's E[D(x)] − E[D(G(z))] approaches the Wasserstein-1 distance if the slope of D is
 * bounded by 1 (Arjovsky et al. 2017, arXiv 1701.07875, equation 2). Between distant points it
 * grows with their distance, whereas the Jensen–Shannon divergence stays log 2 (their example 1).
 *
 * <p>The distance of a shift by s is s. Spectral normalisation bounds the slope by 1, so the critic
 * approaches the distance from below. The gradient penalty does not bound the slope: between two
 * points at distance s, sampled evenly, a critic of mean slope m gains at best ms − λ(m − 1)². This
 * is largest at m = 1 + s/2λ, so the critic measures s(1 + s/2λ), which is s²/2λ too much.
 */
record WassersteinDistance() implements Statement {
  private static final String ARJOVSKY = "Arjovsky et al. 2017, arXiv 1701.07875, ";
  private static final float LAMBDA = 10;
  private static final double NEAR = 1;
  private static final double FAR = 4;

  /** Relative to the distance: a slope that is wrong by a tenth would be an error of .1. */
  private static final double TOLERANCE = 0.03;

  /**
   * Relative to the bias s²/2λ, which is .05 and .8: a critic of slope 1 would be an error of 1.
   */
  private static final double BIASED_TOLERANCE = 0.1;

  /** Half of log 2 would be an error of .35, V in place of the divergence an error of log 2. */
  private static final double DIVERGENCE_TOLERANCE = 0.01;

  @Override
  public String name() {
    return "wasserstein";
  }

  @Override
  public String title() {
    return "what a trained critic says of two distributions a known distance apart";
  }

  @Override
  public void check(long seed, Consumer<Row> rows) {
    LineCritic.Problem gaussians = new LineCritic.Problem(new Gaussian(2, 1), Gaussian.STANDARD);
    rows.accept(
        row(
            "gaussians",
            "N(2, 1) and N(0, 1), spectral normalisation: W₁ = 2",
            ARJOVSKY + "equation 2",
            2,
            spectral(gaussians, seed),
            2 * TOLERANCE));
    for (double distance : new double[] {NEAR, FAR}) {
      points(distance, seed, rows);
    }
  }

  private void points(double distance, long seed, Consumer<Row> rows) {
    LineCritic.Problem points = LineCritic.Problem.points(distance);
    String apart = "points " + (int) distance + " apart";
    String suffix = "-" + (int) distance;
    rows.accept(
        row(
            "points" + suffix,
            apart + ", spectral normalisation: W₁ = s",
            ARJOVSKY + "example 1",
            distance,
            spectral(points, seed),
            TOLERANCE * distance));
    rows.accept(
        row(
            "penalised" + suffix,
            apart + ", gradient penalty, λ = 10: s·(1 + s/20)",
            "Gulrajani et al. 2017, arXiv 1704.00028, equation 3",
            distance * (1 + distance / (2 * LAMBDA)),
            penalised(points, seed),
            BIASED_TOLERANCE * distance * distance / (2 * LAMBDA)));
    rows.accept(
        row(
            "divergence" + suffix,
            apart + ": JSD = ½·(V + log 4) = log 2",
            ARJOVSKY + "example 1",
            Math.log(2),
            divergence(points, seed),
            DIVERGENCE_TOLERANCE));
  }

  private static double spectral(LineCritic.Problem problem, long seed) {
    return -new LineCritic(new Wasserstein(), Normalization.SPECTRAL, Optional.empty())
        .loss(problem, seed);
  }

  private static double penalised(LineCritic.Problem problem, long seed) {
    GradientPenalty penalty = new GradientPenalty(LAMBDA);
    return -new LineCritic(new Wasserstein(), Normalization.NONE, Optional.of(penalty))
        .loss(problem, seed);
  }

  /** Returns ½(V + log 4). */
  private static double divergence(LineCritic.Problem problem, long seed) {
    double value =
        -new LineCritic(new Minimax(), Normalization.NONE, Optional.empty()).loss(problem, seed);
    return (value + Math.log(4)) / 2;
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
