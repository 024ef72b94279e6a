package org.sparring.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.metrics.ModeCoverageTest.assertRefused;

import org.junit.jupiter.api.Test;

class KernelDistanceTest {
  /** 64 + 1 − (1 + 27 + 1 + 343)/2. */
  @Test
  void ofTwoSamplesEachItIsWhatPencilAndPaperSay() {
    Features real = new Features(new float[] {1, 3}, 1);
    Features fake = new Features(new float[] {0, 2}, 1);
    assertEquals(-121, KernelDistance.squared(real, fake), 1e-12);
  }

  @Test
  void itIsTheNaiveDoubleSum() {
    Features real = Samples.round(37, 5, 0, 1);
    Features fake = Samples.round(23, 5, 0.5, 2);
    double naive =
        naive(real.points(), real.points(), true)
            + naive(fake.points(), fake.points(), true)
            - 2 * naive(real.points(), fake.points(), false);
    assertEquals(naive, KernelDistance.squared(real, fake), 1e-9);
  }

  @Test
  void ofEqualDistributionsItIsZeroWithinItsStandardError() {
    int beyond = 0;
    for (int draw = 0; draw < 10; draw++) {
      var score =
          new KernelDistance(100, draw)
              .of(Samples.round(2000, 8, 0, 10 + draw), Samples.round(2000, 8, 0, 50 + draw));
      assertEquals(20, score.blocks());
      assertEquals(0, score.value(), 4 * score.standardError(), "draw " + draw);
      beyond += Math.abs(score.value()) > 2 * score.standardError() ? 1 : 0;
    }
    assertTrue(beyond <= 2, beyond + " of 10 beyond two standard errors");
  }

  /**
   * N(0, 1) and N(m, 1) on a line: E k(x, y) = E (xy + 1)³ = 1 + 3 E x E y + 3 E x² E y² + E x³ E
   * y³. For m = 1: 4 among the real, 1 + 3 + 3·4 + 16 = 32 among the fakes, 1 + 3·2 = 7 across: 22.
   */
  @Test
  void ofAShiftedNormalItIsTheClosedForm() {
    var score =
        new KernelDistance(500, 1)
            .of(Samples.round(20_000, 1, 0, 3), Samples.round(20_000, 1, 1, 4));
    assertEquals(22, score.value(), 4 * score.standardError());
    assertTrue(score.standardError() < 1, "" + score.standardError());
  }

  @Test
  void blocksAreAFunctionOfTheSeedAndSmallSetsAreOneBlock() {
    Features real = Samples.round(90, 3, 0, 1);
    Features fake = Samples.round(60, 3, 1, 2);
    KernelDistance distance = new KernelDistance(20, 5);
    assertEquals(distance.of(real, fake), distance.of(real, fake));
    assertEquals(3, distance.of(real, fake).blocks());
    var one = new KernelDistance(1000, 5).of(real, fake);
    assertEquals(60, one.block());
    assertEquals(1, one.blocks());
    assertTrue(Double.isNaN(one.standardError()));
    assertRefused(() -> new KernelDistance(1, 0), "2 or more samples, found 1");
    assertRefused(() -> distance.of(real, Samples.round(9, 2, 0, 1)), "found 3 and 2");
  }

  private static double naive(double[][] left, double[][] right, boolean same) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      for (int j = 0; j < right.length; j++) {
        double dot = 0;
        for (int k = 0; k < left[i].length; k++) {
          dot += left[i][k] * right[j][k];
        }
        sum += same && i == j ? 0 : Math.pow(dot / left[i].length + 1, 3);
      }
    }
    double n = left.length;
    return same ? sum / (n * (n - 1)) : sum / (n * right.length);
  }
}
