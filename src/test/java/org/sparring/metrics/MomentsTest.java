package org.sparring.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sparring.metrics.ModeCoverageTest.assertRefused;

import org.junit.jupiter.api.Test;

class MomentsTest {
  /** Of (0, 0), (2, 0), (1, 3): mean (1, 1), scatter ((2, 0), (0, 6)), over 2. */
  @Test
  void ofThreePointsTheyAreWhatPencilAndPaperSay() {
    Moments moments = Moments.of(Features.of(new double[][] {{0, 0}, {2, 0}, {1, 3}}));
    assertArrayEquals(new double[] {1, 1}, moments.mean(), 1e-15);
    assertArrayEquals(new double[] {1, 0, 0, 3}, moments.covariance(), 1e-15);
    assertEquals(3, moments.count());
  }

  @Test
  void inAnyBatchesTheyAreThoseOfTwoPasses() {
    Features all = Samples.normal(1001, 3, 5, 1, 0.1, 7);
    double[][] naive = naive(all.points());
    for (int batch : new int[] {1, 7, 250, 1001}) {
      Moments moments = new Moments(3);
      for (int from = 0; from < all.count(); from += batch) {
        moments.add(all.range(from, Math.min(from + batch, all.count())));
      }
      assertArrayEquals(naive[0], moments.mean(), 1e-12, "batch " + batch);
      assertArrayEquals(naive[1], moments.covariance(), 1e-11, "batch " + batch);
    }
  }

  /** Sums of squares would lose all digits here: 10⁸ squared has 16. */
  @Test
  void aFarMeanCostsNoDigits() {
    float far = 1 << 24;
    Features all = new Features(new float[] {far, far + 2, far + 4, far + 6}, 1);
    Moments moments = new Moments(1);
    moments.add(all.range(0, 1));
    moments.add(all.range(1, 4));
    assertEquals(20.0 / 3, moments.covariance()[0], 1e-12);
  }

  @Test
  void partsMergeToTheWhole() {
    Features all = Samples.normal(300, -1, 6, 2, 1);
    Moments left = Moments.of(all.range(0, 120));
    left.add(Moments.of(all.range(120, 300)));
    left.add(new Moments(2)); // nothing
    assertEquals(300, left.count());
    assertArrayEquals(Moments.of(all).covariance(), left.covariance(), 1e-12);
  }

  @Test
  void otherSpacesTooFewSamplesAndWhatIsNoNumberAreRefused() {
    Moments moments = new Moments(2);
    assertRefused(() -> moments.add(new Features(new float[3], 3)), "of 2 dimensions, found 3");
    assertRefused(moments::mean, "at least 1 samples, found 0");
    moments.add(new Features(new float[2], 2));
    assertRefused(moments::covariance, "at least 2 samples, found 1");
    assertRefused(
        () -> new Features(new float[] {0, 1, 2, Float.NaN}, 2),
        "sample 1, feature 1: expected a finite number, found NaN");
    assertRefused(() -> new Features(new float[3], 2), "whole samples of 2 numbers, found 3");
    assertRefused(() -> new Features(new float[0], 2), "found 0");
  }

  /** Mean and covariance in two passes. */
  private static double[][] naive(double[][] points) {
    int d = points[0].length;
    double[] mean = new double[d];
    for (double[] point : points) {
      for (int i = 0; i < d; i++) {
        mean[i] += point[i] / points.length;
      }
    }
    double[] covariance = new double[d * d];
    for (double[] point : points) {
      for (int i = 0; i < d * d; i++) {
        double product = (point[i / d] - mean[i / d]) * (point[i % d] - mean[i % d]);
        covariance[i] += product / (points.length - 1);
      }
    }
    return new double[][] {mean, covariance};
  }
}
