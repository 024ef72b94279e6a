package org.sparring.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.metrics.ModeCoverageTest.assertRefused;

import org.junit.jupiter.api.Test;

/** Closed forms; moments are made exactly, from float32 points, hence six digits. */
class FrechetDistanceTest {
  private static final double[] ORIGIN = {0, 0, 0};

  /** N(0, 1) and N(3, 2²): 9 + (1 − 2)². */
  @Test
  void onALineItIsTheDifferencesOfMeansAndDeviationsSquared() {
    Moments one = Samples.exactly(new double[] {0}, Samples.diagonal(1));
    Moments two = Samples.exactly(new double[] {3}, Samples.diagonal(2));
    FrechetDistance.Score score = FrechetDistance.between(one, two);
    assertEquals(10, score.value(), 1e-5);
    assertEquals(9, score.means(), 1e-5);
    assertEquals(1, score.covariances(), 1e-5);
    assertTrue(score.fullRank());
  }

  /** Σ (σ₁ − σ₂)² of the axes: (1 − 2)² + (2 − 2)² + (3 − ½)² = 7.25. */
  @Test
  void ofDiagonalCovariancesItIsASumOverTheAxes() {
    Moments one = Samples.exactly(ORIGIN, Samples.diagonal(1, 2, 3));
    Moments two = Samples.exactly(ORIGIN, Samples.diagonal(2, 2, 0.5));
    assertEquals(7.25, FrechetDistance.between(one, two).value(), 1e-5);
    assertEquals(7.25, FrechetDistance.between(two, one).value(), 1e-5);
  }

  /** Σ₂ = s²Σ₁: (1 − s)² tr Σ₁, whatever Σ₁. */
  @Test
  void aScaledDistributionIsTheTraceTimesTheScalesDistance() {
    double[][] l = {{1, 0, 0}, {0.5, 2, 0}, {-1, 0.25, 0.75}};
    double[][] scaled = new double[3][3];
    double trace = 0;
    for (int i = 0; i < 9; i++) {
      scaled[i / 3][i % 3] = 3 * l[i / 3][i % 3];
      trace += l[i / 3][i % 3] * l[i / 3][i % 3];
    }
    Moments one = Samples.exactly(ORIGIN, l);
    Moments two = Samples.exactly(ORIGIN, scaled);
    assertEquals(4 * trace, FrechetDistance.between(one, two).value(), 1e-4);
  }

  /**
   * Commuting: both have the axes (1, 1)/√2 and (1, −1)/√2, with deviations 2, 1 and 1, 3: (2 − 1)²
   * + (1 − 3)² = 5.
   */
  @Test
  void ofCommutingCovariancesItIsASumOverTheirCommonAxes() {
    double h = Math.sqrt(0.5);
    Moments one = Samples.exactly(new double[2], new double[][] {{2 * h, h}, {2 * h, -h}});
    Moments two = Samples.exactly(new double[2], new double[][] {{h, 3 * h}, {h, -3 * h}});
    assertEquals(5, FrechetDistance.between(one, two).value(), 1e-5);
  }

  /**
   * Not commuting: Σ₁ = diag(4, 1), Σ₂ = ((2, 1), (1, 2)). Σ₁Σ₂ = ((8, 4), (1, 2)) has the
   * determinant 12 and the trace 10, and the trace of its root is √(10 + 2√12) = 4.1146.
   */
  @Test
  void ofTwoByTwoItIsWhatTraceAndDeterminantSay() {
    Moments one = Samples.exactly(new double[2], Samples.diagonal(2, 1));
    double c = Math.sqrt(1.5);
    double[][] l = {{Math.sqrt(2), 0}, {1 / Math.sqrt(2), c}};
    Moments two = Samples.exactly(new double[2], l);
    double expected = 5 + 4 - 2 * Math.sqrt(10 + 2 * Math.sqrt(12));
    assertEquals(expected, FrechetDistance.between(one, two).value(), 1e-5);
    assertEquals(expected, FrechetDistance.between(two, one).value(), 1e-5);
  }

  @Test
  void aShiftIsItsLengthSquared() {
    Features all = Samples.normal(500, 0, 7, 1, 3, 0.2);
    float[] moved = all.values().clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += i % 3 == 1 ? 2 : 0;
    }
    var score = FrechetDistance.between(Moments.of(all), Moments.of(new Features(moved, 3)));
    assertEquals(4, score.value(), 1e-5);
  }

  @Test
  void ofTheSameMomentsItIsZero() {
    Moments moments = Moments.of(Samples.round(700, 40, 2, 8));
    assertEquals(0, FrechetDistance.between(moments, moments).value(), 1e-9);
  }

  /**
   * Ten samples of forty dimensions span nine. The parts that one covariance has and the other
   * lacks are counted in the traces: N(0, diag(1, 0)) and N(0, diag(0, 1)) are 2 apart.
   */
  @Test
  void ranksThatAreNotFullAreToldAndCounted() {
    Moments few = Moments.of(Samples.round(10, 40, 0, 9));
    Moments many = Moments.of(Samples.round(100, 40, 0, 10));
    FrechetDistance.Score score = FrechetDistance.between(few, many);
    assertEquals(9, score.referenceRank());
    assertEquals(40, score.rank());
    assertFalse(score.fullRank());
    assertEquals(score.value(), FrechetDistance.between(many, few).value(), 1e-6);
    assertEquals(0, FrechetDistance.between(few, few).value(), 1e-9);
    Moments left = Samples.exactly(new double[2], new double[][] {{1}, {0}});
    Moments right = Samples.exactly(new double[2], new double[][] {{0}, {1}});
    assertEquals(2, FrechetDistance.between(left, right).value(), 1e-6);
    Moments still = Moments.of(new Features(new float[6], 2));
    assertEquals(0, FrechetDistance.between(still, still).referenceRank());
    assertEquals(1, FrechetDistance.between(still, left).value(), 1e-6);
  }

  /** Fewer samples score higher, on average: what makes scores of different n incomparable. */
  @Test
  void itIsBiasedUpwardsAndLessSoWithMoreSamples() {
    double few = 0;
    double many = 0;
    for (int draw = 0; draw < 5; draw++) {
      few += between(100, draw);
      many += between(1000, draw);
    }
    assertTrue(few > 4 * many && many > 0, few + " and " + many);
  }

  private static double between(int count, int draw) {
    return FrechetDistance.between(
            Moments.of(Samples.round(count, 10, 0, 100 + draw)),
            Moments.of(Samples.round(count, 10, 0, 200 + draw)))
        .value();
  }

  @Test
  void otherSpacesAreRefused() {
    Moments two = Moments.of(Samples.round(9, 2, 0, 1));
    Moments three = Moments.of(Samples.round(9, 3, 0, 1));
    assertRefused(() -> FrechetDistance.between(two, three), "of 2 dimensions, found 3");
    assertRefused(() -> new FrechetDistance(new Moments(2)), "at least 2 samples, found 0");
  }
}
