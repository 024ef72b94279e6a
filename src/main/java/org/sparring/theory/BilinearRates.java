package org.sparring.theory;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sparring.games.Alternating;
import org.sparring.games.Consensus;
import org.sparring.games.ExtraGradient;
import org.sparring.games.GameRule;
import org.sparring.games.Lookahead;
import org.sparring.games.Optimistic;
import org.sparring.games.Simultaneous;
import org.sparring.games.SymplecticAdjustment;
import org.sparring.games.Unrolled;
import org.sparring.losses.Wasserstein;

/**
 * The bilinear game min max θφ under every rule: each step multiplies the distance from the
 * equilibrium by the spectral radius of the rule's linear map. Both players descend with rate η; J
 * is the rotation by a right angle, with eigenvalues ±i.
 *
 * <ul>
 *   <li>simultaneous, I − ηJ: |1 − ηi| = √(1 + η²)
 *   <li>alternating, two shears: the determinant is 1 and the eigenvalues are complex: 1
 *   <li>extra-gradient, I − ηJ(I − ηJ): |1 − η² − ηi| = √(1 − η² + η⁴)
 *   <li>from the past and optimistic: λ² − (1 ∓ 2iη)λ ∓ iη = 0, so λ = ½(1 + √(1 − 4η²)) ∓ iη for η
 *       under ½
 *   <li>lookahead over a rule with eigenvalue λ: |1 − α + αλᵏ| per round
 *   <li>consensus and symplectic adjustment, (1 − ηγ)I − ηJ: √((1 − ηγ)² + η²)
 *   <li>unrolled: ψ after k steps is ψ − kηθ, the generator's loss −θ(ψ − kηθ) has the slope −ψ +
 *       2kηθ, so a step is the matrix (1 − 2kη², η; −η, 1) with determinant 1 − (2k − 1)η²; its
 *       eigenvalues are complex for kη under 1, with absolute value √(1 − (2k − 1)η²)
 * </ul>
 */
record BilinearRates() implements Statement {
  static final double RATE = 0.25;
  private static final int STEPS = 240;

  /**
   * Number of first steps in which the smaller eigenvalue of a rule with memory still contributes.
   */
  private static final int SKIPPED = 20;

  private static final float STRENGTH = 0.5f;
  private static final float SHARE = 0.5f;
  private static final int ROUND = 5;
  private static final int UNROLLED = 3;

  /**
   * The two closest predictions of different rules, extra-gradient and extra-gradient from the
   * past, differ by .004; a wrong sign or factor of η changes each by more. The error of float32 is
   * 1e-6.
   */
  private static final double TOLERANCE = 4e-4;

  private static final String GIDEL = "Gidel et al. 2019, arXiv 1802.10551, ";
  private static final String MESCHEDER = "Mescheder et al. 2017, arXiv 1705.10461, ";
  private static final String CHAVDAROVA = "Chavdarova et al. 2021, arXiv 2006.14567, algorithm 1";

  /**
   * @param every number of steps between two measurements of the distance
   */
  private record Case(
      String name, String statement, String source, GameRule rule, int every, double predicted) {}

  @Override
  public String name() {
    return "bilinear";
  }

  @Override
  public String title() {
    return "min max of θ·φ, descent of rate η = ¼: factor a step of the distance";
  }

  @Override
  public void check(long seed, Consumer<Row> rows) {
    DiracGame game = new DiracGame(new Wasserstein(), Optional.empty(), RATE);
    for (Case each : cases()) {
      double[] distances =
          every(each.every, game.distances(each.rule, 1, seed, STEPS * each.every));
      rows.accept(
          new Row(
              name() + "/" + each.name,
              each.statement,
              each.source,
              each.predicted,
              Decay.factor(distances, SKIPPED),
              TOLERANCE));
    }
  }

  private static List<Case> cases() {
    return Stream.of(plain(), extrapolating(), lookingBack(), secondOrder())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Case> plain() {
    return List.of(
        new Case(
            "simultaneous",
            "simultaneous spirals out: √(1 + η²)",
            MESCHEDER + "section 3",
            new Simultaneous(),
            1,
            Math.hypot(1, RATE)),
        new Case(
            "alternating",
            "alternating orbits: 1",
            GIDEL + "proposition 1",
            new Alternating(1),
            1,
            1));
  }

  private static List<Case> extrapolating() {
    return List.of(
        new Case(
            "extra-gradient",
            "extra-gradient: √(1 − η² + η⁴)",
            GIDEL + "equations 14, 15",
            new ExtraGradient(false),
            1,
            Math.hypot(1 - RATE * RATE, RATE)),
        new Case(
            "from-the-past",
            "from the past: |½(1 + √(1 − 4·η²)) − i·η|",
            GIDEL + "equation 16",
            new ExtraGradient(true),
            1,
            remembering()),
        new Case(
            "optimistic",
            "optimistic: |½(1 + √(1 − 4·η²)) − i·η|",
            "Daskalakis et al. 2018, arXiv 1711.00141, equation 4",
            new Optimistic(),
            1,
            remembering()));
  }

  private static List<Case> lookingBack() {
    double turn = Math.atan(RATE);
    double growth = Math.pow(Math.hypot(1, RATE), ROUND);
    // the eigenvalues of alternating have absolute value 1 and real part 1 − ½η²
    double alternatingTurn = Math.acos(1 - RATE * RATE / 2);
    return List.of(
        new Case(
            "lookahead-simultaneous",
            "lookahead, 5 simultaneous: |1 − α + α·λ⁵|",
            CHAVDAROVA,
            new Lookahead(new Simultaneous(), ROUND, SHARE),
            ROUND,
            lookahead(growth, ROUND * turn)),
        new Case(
            "lookahead-alternating",
            "lookahead, 5 alternating: |1 − α + α·λ⁵|",
            CHAVDAROVA,
            new Lookahead(new Alternating(1), ROUND, SHARE),
            ROUND,
            lookahead(1, ROUND * alternatingTurn)));
  }

  private static List<Case> secondOrder() {
    double damped = Math.hypot(1 - RATE * STRENGTH, RATE);
    return List.of(
        new Case(
            "consensus",
            "consensus, γ = ½: √((1 − η·γ)² + η²)",
            MESCHEDER + "algorithm 2",
            new Consensus(STRENGTH),
            1,
            damped),
        new Case(
            "symplectic",
            "symplectic, λ = ½: √((1 − η·λ)² + η²)",
            "Balduzzi et al. 2018, arXiv 1802.05642, section 3.2",
            new SymplecticAdjustment(STRENGTH),
            1,
            damped),
        new Case(
            "unrolled",
            "unrolled, k = 3: √(1 − (2k − 1)·η²)",
            "Metz et al. 2017, arXiv 1611.02163, equations 7 to 11",
            new Unrolled(UNROLLED),
            1,
            Math.sqrt(1 - (2 * UNROLLED - 1) * RATE * RATE)));
  }

  /** |½(1 + √(1 − 4η²)) − iη|. */
  private static double remembering() {
    return Math.hypot((1 + Math.sqrt(1 - 4 * RATE * RATE)) / 2, RATE);
  }

  /** |1 − α + α·size·e^(i·angle)|. */
  private static double lookahead(double size, double angle) {
    return Math.hypot(1 - SHARE + SHARE * size * Math.cos(angle), SHARE * size * Math.sin(angle));
  }

  private static double[] every(int steps, double[] distances) {
    return IntStream.iterate(0, i -> i < distances.length, i -> i + steps)
        .mapToDouble(i -> distances[i])
        .toArray();
  }
}
