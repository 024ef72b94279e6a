package org.sparring.games;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.sparring.optimizers.Adam;
import org.sparring.optimizers.GradientDescent;
import org.sparring.optimizers.LearningRate;
import org.sparring.optimizers.Optimizer;
import org.sparring.optimizers.WeightClip;

/**
 * Each rule on the bilinear game with gradient descent, against its recursion written by hand in
 * double. ξ = (φ, −θ) is what both players follow downhill.
 */
class BilinearGameTest {
  private static final double RATE = 0.25;
  private static final int STEPS = 12;

  /** Float32 keeps a path of twelve steps to 1e-6; the rules part by more than .01. */
  private static final double TOLERANCE = 2e-6;

  private static final Optimizer DESCENT = new GradientDescent(LearningRate.constant((float) RATE));

  @Test
  void simultaneousDescentSpiralsOutByTheRootOfOnePlusTheRateSquared() {
    double[][] path = assertPath(new Simultaneous(), w -> minus(w, RATE, pull(w)));
    assertEquals(Math.sqrt(1 + RATE * RATE), ratio(path), 1e-5);
  }

  @Test
  void theAlternatingGeneratorMeetsTheMovedDiscriminatorAndThePathStaysBounded() {
    double[][] path =
        assertPath(
            new Alternating(1),
            w -> {
              double phi = w[1] + RATE * w[0];
              return new double[] {w[0] - RATE * phi, phi};
            });
    // θ² + φ² + ηθφ is kept: an ellipse
    double before = energy(new double[] {BilinearGame.THETA, BilinearGame.PHI});
    assertEquals(before, energy(path[STEPS - 1]), 1e-5);
  }

  @Test
  void extraGradientMovesAlongThePullAheadAndContracts() {
    double[][] path =
        assertPath(new ExtraGradient(false), w -> minus(w, RATE, pull(minus(w, RATE, pull(w)))));
    assertEquals(Math.sqrt(1 - RATE * RATE + Math.pow(RATE, 4)), ratio(path), 1e-5);
  }

  @Test
  void extrapolationFromThePastLooksAheadAlongTheLastPullAhead() {
    double[][] past = {new double[2]};
    assertPath(
        new ExtraGradient(true),
        w -> {
          double[] ahead = pull(minus(w, RATE, past[0]));
          past[0] = ahead;
          return minus(w, RATE, ahead);
        });
  }

  @Test
  void optimisticDescentTakesHalfOfEachStepBack() {
    double[][] last = {new double[2]};
    assertPath(
        new Optimistic(),
        w -> {
          double[] moved = minus(minus(w, 2 * RATE, pull(w)), -RATE, last[0]);
          last[0] = pull(w);
          return moved;
        });
  }

  @Test
  void lookaheadGoesBackEveryThirdStepAndStartsFromThere() {
    double[][] slow = {{BilinearGame.THETA, BilinearGame.PHI}};
    int[] step = {0};
    assertPath(
        new Lookahead(new Simultaneous(), 3, 0.5f),
        w -> {
          double[] fast = minus(w, RATE, pull(w));
          if (++step[0] % 3 != 0) {
            return fast;
          }
          slow[0] = new double[] {(slow[0][0] + fast[0]) / 2, (slow[0][1] + fast[1]) / 2};
          return slow[0];
        });
  }

  @Test
  void lookaheadCountsStepsAlsoOverARuleOfTwoUpdatesAStep() {
    double[][] slow = {{BilinearGame.THETA, BilinearGame.PHI}};
    int[] step = {0};
    assertPath(
        new Lookahead(new ExtraGradient(false), 2, 0.25f),
        w -> {
          double[] fast = minus(w, RATE, pull(minus(w, RATE, pull(w))));
          if (++step[0] % 2 != 0) {
            return fast;
          }
          slow[0] =
              minus(slow[0], -0.25, new double[] {fast[0] - slow[0][0], fast[1] - slow[0][1]});
          return slow[0];
        });
  }

  @Test
  void consensusAddsTheSlopeOfHalfThePullsSquare() {
    // R = ½(θ² + φ²), ∇R = ω
    double[][] path =
        assertPath(new Consensus(0.5f), w -> minus(minus(w, RATE, pull(w)), 0.5 * RATE, w));
    assertEquals(Math.hypot(1 - 0.5 * RATE, RATE), ratio(path), 1e-5);
  }

  @Test
  void symplecticAdjustmentAddsTheTurnedPull() {
    // Aᵀξ = ω
    double[][] path =
        assertPath(
            new SymplecticAdjustment(0.5f), w -> minus(minus(w, RATE, pull(w)), 0.5 * RATE, w));
    assertEquals(Math.hypot(1 - 0.5 * RATE, RATE), ratio(path), 1e-5);
  }

  @Test
  void theUnrolledGeneratorSeesHowTheDiscriminatorWouldAnswer() {
    // φ₃ = φ + 3ηθ, so L_G = θφ₃ has the slope φ + 6ηθ; the discriminator moves once
    assertPath(
        new Unrolled(3),
        w -> new double[] {w[0] - RATE * (w[1] + 6 * RATE * w[0]), w[1] + RATE * w[0]});
  }

  @Test
  void rulesThatComputeAdamTakeTheStepsOfTheFusedOp() {
    // unrolled once, the discriminator's computed move is the simultaneous one
    Optimizer adam = new Adam(LearningRate.constant(0.05f), 0.5f, 0.9f, 1e-8f);
    double[][] fused = BilinearGame.path(new Simultaneous(), adam, 1);
    double[][] computed = BilinearGame.path(new Unrolled(1), adam, 1);
    assertEquals(fused[0][1], computed[0][1], 1e-7);
  }

  @Test
  void aClippedPlayerStaysWithinItsBoundUnderEveryWayOfMoving() {
    for (GameRule rule : new GameRule[] {new Simultaneous(), new Optimistic()}) {
      double[][] path = BilinearGame.clippedPath(rule, DESCENT, new WeightClip(0.375f), STEPS);
      boolean met = false;
      for (double[] w : path) {
        assertTrue(Math.abs(w[1]) <= 0.375);
        met |= Math.abs(w[1]) == 0.375;
      }
      assertTrue(met, "the bound was never met");
    }
  }

  private static double[] pull(double[] w) {
    return new double[] {w[1], -w[0]};
  }

  private static double[] minus(double[] w, double rate, double[] pull) {
    return new double[] {w[0] - rate * pull[0], w[1] - rate * pull[1]};
  }

  private static double energy(double[] w) {
    return w[0] * w[0] + w[1] * w[1] + RATE * w[0] * w[1];
  }

  /** The factor by which the last step changed the distance to the equilibrium. */
  private static double ratio(double[][] path) {
    double[] last = path[path.length - 1];
    double[] before = path[path.length - 2];
    return Math.hypot(last[0], last[1]) / Math.hypot(before[0], before[1]);
  }

  private static double[][] assertPath(GameRule rule, UnaryOperator<double[]> recursion) {
    double[][] path = BilinearGame.path(rule, DESCENT, STEPS);
    double[] w = {BilinearGame.THETA, BilinearGame.PHI};
    for (int step = 0; step < STEPS; step++) {
      w = recursion.apply(w);
      assertArrayEquals(w, path[step], TOLERANCE, "step " + step);
    }
    return path;
  }
}
