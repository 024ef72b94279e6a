package org.sparring.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.sparring.errors.Messages.assertRefused;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PointSourceTest {
  private static final int SAMPLES = 100_000;

  @Test
  void theRingHasEightModesOnTheUnitCircle() {
    double[][] modes = GaussianRing.pacGan().modes();
    assertEquals(8, modes.length);
    assertArrayEquals(new double[] {1, 0}, modes[0], 1e-15);
    assertArrayEquals(new double[] {Math.sqrt(0.5), Math.sqrt(0.5)}, modes[1], 1e-15);
    assertArrayEquals(new double[] {0, -1}, modes[6], 1e-15);
  }

  @Test
  void theGridHasTwentyFiveModesFromMinusFourToFour() {
    double[][] modes = GaussianGrid.pacGan().modes();
    assertEquals(25, modes.length);
    assertArrayEquals(new double[] {-4, -4}, modes[0]);
    assertArrayEquals(new double[] {-2, -4}, modes[1]);
    assertArrayEquals(new double[] {0, 0}, modes[12]);
    assertArrayEquals(new double[] {4, 4}, modes[24]);
  }

  @Test
  void ninetyEightPointNinePercentLieWithinThreeSigmas() {
    // 1 − e^(−9/2) = .98889; the standard error of a share of 100,000 is .0003
    for (PointSource source : new PointSource[] {GaussianRing.pacGan(), GaussianGrid.pacGan()}) {
      float[] points = source.samples(SAMPLES, 1);
      int[] counts = new int[source.modes().length];
      int within = 0;
      for (int i = 0; i < SAMPLES; i++) {
        int mode = nearest(source.modes(), points[2 * i], points[2 * i + 1]);
        counts[mode]++;
        double[] centre = source.modes()[mode];
        double away = Math.hypot(points[2 * i] - centre[0], points[2 * i + 1] - centre[1]);
        within += away < 3 * source.sigma() ? 1 : 0;
      }
      assertEquals(0.98889, (double) within / SAMPLES, 0.0015, source.name());
      double fair = (double) SAMPLES / counts.length;
      for (int count : counts) {
        assertEquals(fair, count, 5 * Math.sqrt(fair), source.name());
      }
    }
  }

  @Test
  void samplesAreAFunctionOfTheSeed() {
    PointSource ring = GaussianRing.pacGan();
    assertArrayEquals(ring.samples(10, 3), Arrays.copyOf(ring.samples(99, 3), 20));
    assertFalse(Arrays.equals(ring.samples(10, 3), ring.samples(10, 4)));
  }

  @Test
  void refusesMixturesThatAreNone() {
    assertRefused(() -> new GaussianRing(0, 1, 1), "ring", "1 mode or more", "found 0");
    assertRefused(() -> new GaussianRing(8, 0, 1), "a finite distance above 0", "found 0.0");
    assertRefused(() -> new GaussianGrid(5, 2, Double.NaN), "grid", "sigma above 0", "found NaN");
    assertRefused(() -> GaussianGrid.pacGan().samples(0, 1), "1 sample or more", "found 0");
  }

  private static int nearest(double[][] modes, float x, float y) {
    int best = 0;
    for (int m = 1; m < modes.length; m++) {
      if (Math.hypot(x - modes[m][0], y - modes[m][1])
          < Math.hypot(x - modes[best][0], y - modes[best][1])) {
        best = m;
      }
    }
    return best;
  }
}
