package org.sparring.theory;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.sparring.games.Alternating;
import org.sparring.games.GameRule;
import org.sparring.games.Simultaneous;
import org.sparring.losses.AdversarialLoss;
import org.sparring.losses.Minimax;
import org.sparring.losses.Wasserstein;
import org.sparring.regularizers.GradientPenalty;
import org.sparring.regularizers.Penalty;
import org.sparring.regularizers.R1;

/**
 * Shows which training methods converge for the Dirac-GAN (Mescheder et al. 2018, arXiv 1801.04406,
 * sections 2 and 3).
 *
 * <p>With the minimax loss the slope of softplus at 0, f = ½, couples the players; with descent of
 * rate η and R1, whose gradient by ψ is γψ, a simultaneous step near the equilibrium is the matrix
 * (1, ηf; −ηf, 1 − ηγ) on (θ, ψ). Its determinant is 1 − ηγ + η²f², and for γ under 2f its
 * eigenvalues 1 − ½ηγ ± η√(¼γ² − f²) are complex, with absolute value √(1 − ηγ + η²f²). An
 * alternating step is the product of two shears and has the determinant 1 − ηγ. Without R1 these
 * are √(1 + η²f²) and 1: no convergence. The Wasserstein loss has f = 1.
 */
record DiracConvergence() implements Statement {
  private static final String PAPER = "Mescheder et al. 2018, arXiv 1801.04406, section ";
  private static final double RATE = 0.25;
  private static final float GAMMA = 0.5f;
  private static final float LAMBDA = 1;

  /** f, the slope of softplus at 0. */
  private static final double SLOPE = 0.5;

  /** η²f², the relative growth of the squared distance per step because of the rotation. */
  private static final double TURNING = RATE * RATE * SLOPE * SLOPE;

  /** ηγ, the relative reduction of the squared distance per step by R1. */
  private static final double DAMPING = RATE * GAMMA;

  /**
   * A start so close to the equilibrium that softplus is linear to 1e-6; 400 diverging steps lead
   * to .02.
   */
  private static final double NEAR = 1e-3;

  private static final int STEPS = 400;

  /**
   * The smallest error that must be detected, omitting η²f² next to a damping term, changes a
   * factor by .008.
   */
  private static final double RATE_TOLERANCE = 5e-4;

  private static final double FAR = 1;
  private static final int LONG_RUN = 2000;
  private static final double AWAY = 0.1;

  /** Tolerance of a share, which is 0 for a method that converges and 1 otherwise. */
  private static final double SHARE_TOLERANCE = 0.05;

  private static final AdversarialLoss MINIMAX = new Minimax();
  private static final Optional<Penalty> NONE = Optional.empty();
  private static final Optional<Penalty> R1_PENALTY = Optional.of(new R1(GAMMA));

  @Override
  public String name() {
    return "dirac";
  }

  @Override
  public String title() {
    return "Dirac-GAN, descent of rate η = ¼, R1 with γ = ½: near (0, 0), then from 1 away";
  }

  @Override
  public void check(long seed, Consumer<Row> rows) {
    near().forEach(each -> rows.accept(near(each, seed)));
    far().forEach(each -> rows.accept(far(each, seed)));
  }

  /**
   * One training method and its prediction.
   *
   * @param radius distance of the start from the equilibrium
   */
  private record Case(
      String name,
      String statement,
      String section,
      GameRule rule,
      AdversarialLoss loss,
      Optional<Penalty> penalty,
      double radius,
      double predicted) {

    double[] distances(long seed, int steps) {
      return new DiracGame(loss, penalty, RATE).distances(rule, radius, seed, steps);
    }
  }

  private static List<Case> near() {
    return Stream.of(free(), damped(), critic()).flatMap(List::stream).toList();
  }

  /** Cases without a penalty, in which the players circle around the equilibrium or diverge. */
  private static List<Case> free() {
    return List.of(
        new Case(
            "simultaneous",
            "simultaneous, factor a step: √(1 + ¼·η²)",
            "2",
            new Simultaneous(),
            MINIMAX,
            NONE,
            NEAR,
            Math.sqrt(1 + TURNING)),
        new Case(
            "alternating",
            "alternating, factor a step: 1",
            "2",
            new Alternating(1),
            MINIMAX,
            NONE,
            NEAR,
            1));
  }

  /** Cases with R1, which damps the rotation in every step. */
  private static List<Case> damped() {
    return List.of(
        new Case(
            "simultaneous-r1",
            "simultaneous with R1: √(1 − η·γ + ¼·η²)",
            "3",
            new Simultaneous(),
            MINIMAX,
            R1_PENALTY,
            NEAR,
            Math.sqrt(1 - DAMPING + TURNING)),
        new Case(
            "alternating-r1",
            "alternating with R1: √(1 − η·γ)",
            "3",
            new Alternating(1),
            MINIMAX,
            R1_PENALTY,
            NEAR,
            Math.sqrt(1 - DAMPING)));
  }

  /** Cases with a Wasserstein critic without bounds. */
  private static List<Case> critic() {
    return List.of(
        new Case(
            "wasserstein",
            "Wasserstein, simultaneous: √(1 + η²)",
            "3",
            new Simultaneous(),
            new Wasserstein(),
            NONE,
            NEAR,
            Math.hypot(1, RATE)));
  }

  private static List<Case> far() {
    GameRule rule = new Alternating(1);
    return List.of(
        new Case(
            "far", "alternating: share of late steps beyond 0.1", "2", rule, MINIMAX, NONE, FAR, 1),
        new Case(
            "far-r1",
            "alternating with R1: share of late steps beyond 0.1",
            "3",
            rule,
            MINIMAX,
            R1_PENALTY,
            FAR,
            0),
        new Case(
            "far-wasserstein",
            "Wasserstein, alternating: share beyond 0.1",
            "3",
            rule,
            new Wasserstein(),
            NONE,
            FAR,
            1),
        new Case(
            "far-wgan-gp",
            "WGAN-GP, λ = 1, from 0.001 away: share beyond 0.1",
            "3",
            rule,
            new Wasserstein(),
            Optional.of(new GradientPenalty(LAMBDA)),
            NEAR,
            1));
  }

  private Row near(Case each, long seed) {
    double factor = Decay.factor(each.distances(seed, STEPS), 0);
    return row(each, factor, RATE_TOLERANCE);
  }

  /**
   * Measures the share of steps in the second half of a long run that are not close to the
   * equilibrium.
   */
  private Row far(Case each, long seed) {
    double[] distances = each.distances(seed, LONG_RUN);
    int half = distances.length / 2;
    long away = Arrays.stream(distances).skip(half).filter(d -> d > AWAY).count();
    return row(each, away / (double) (distances.length - half), SHARE_TOLERANCE);
  }

  private Row row(Case each, double measured, double tolerance) {
    return new Row(
        name() + "/" + each.name,
        each.statement,
        PAPER + each.section,
        each.predicted,
        measured,
        tolerance);
  }
}
