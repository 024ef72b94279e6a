package org.sparring.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.metrics.ModeCoverageTest.assertRefused;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ManifoldTest {
  /** Radii with k = 1: 1, 1, 2 around 0, 1, 3, so the balls reach over [−1, 2] and [1, 5]. */
  private static final double[][] LINE = {{0}, {1}, {3}};

  @Test
  void aBallReachesToTheNearestNeighbour() {
    double[][] others = {{-1}, {-1.1}, {5}, {5.1}};
    assertEquals(0.5, new Manifold(LINE, 1).shareWithin(others));
  }

  /** With k = 2 the radii are 3, 2, 3. */
  @Test
  void aLargerKReachesToTheFartherNeighbour() {
    double[][] others = {{-3}, {-3.1}, {6}, {6.1}};
    assertEquals(0.5, new Manifold(LINE, 2).shareWithin(others));
  }

  @Test
  void aSetCoversItself() {
    double[][] points = normal(50, 3, 0, 7);
    assertEquals(1, Manifold.precision(points, points, 3));
    assertEquals(1, Manifold.recall(points, points, 3));
    assertEquals(1, Manifold.coverage(points, points, 3));
  }

  @Test
  void distributionsThatShareNothingScoreNothing() {
    double[][] real = normal(60, 2, 0, 1);
    double[][] fake = normal(40, 2, 1000, 2);
    assertEquals(0, Manifold.precision(real, fake, 5));
    assertEquals(0, Manifold.recall(real, fake, 5));
    assertEquals(0, Manifold.coverage(real, fake, 5));
    assertEquals(0, Manifold.density(real, fake, 5));
  }

  /** Fakes in one of two far modes are precise, and miss half of what is real. */
  @Test
  void aDroppedModeCostsRecallAndCoverageButNotPrecision() {
    double[][] real = new double[200][];
    double[][] left = normal(100, 2, 0, 3);
    double[][] right = normal(100, 2, 1000, 4);
    System.arraycopy(left, 0, real, 0, 100);
    System.arraycopy(right, 0, real, 100, 100);
    double[][] fake = normal(200, 2, 0, 5);
    assertTrue(Manifold.precision(real, fake, 5) > 0.9);
    double recall = Manifold.recall(real, fake, 5);
    assertTrue(recall > 0.45 && recall <= 0.5, "recall " + recall);
    double coverage = Manifold.coverage(real, fake, 5);
    assertTrue(coverage > 0.45 && coverage <= 0.5, "coverage " + coverage);
  }

  /**
   * Naeem et al.'s expectation, whatever the distribution: 1 − Π (N − i)/(M + N − i). Over 20 draws
   * of N = 80 and M = 100 the share has a standard error below .01.
   */
  @Test
  void coverageOfEqualDistributionsIsWhatTheClosedFormSays() {
    int n = 80;
    int m = 100;
    int k = 2;
    double miss = (n - 1.0) / (m + n - 1) * ((n - 2.0) / (m + n - 2));
    double coverage = 0;
    double density = 0;
    for (int draw = 0; draw < 20; draw++) {
      double[][] real = normal(n, 3, 0, 100 + draw);
      double[][] fake = normal(m, 3, 0, 200 + draw);
      coverage += Manifold.coverage(real, fake, k) / 20;
      density += Manifold.density(real, fake, k) / 20;
    }
    assertEquals(1 - miss, coverage, 0.03);
    // a fake is among the k nearest of the N − 1 others and itself with probability k/N
    assertEquals(1, density, 0.1);
  }

  @Test
  void tooFewPointsAndOtherSpacesAreRefused() {
    assertRefused(() -> new Manifold(LINE, 0), "k must be at least 1, found 0");
    assertRefused(() -> new Manifold(LINE, 3), "expected at least 4 points, found 3");
    assertRefused(() -> Manifold.precision(LINE, new double[2][2], 1), "found 2");
    assertRefused(() -> Manifold.coverage(LINE, new double[0][], 1), "found 0");
  }

  private static double[][] normal(int count, int dimensions, double mean, long seed) {
    Random random = new Random(seed);
    double[][] points = new double[count][dimensions];
    for (double[] point : points) {
      for (int i = 0; i < dimensions; i++) {
        point[i] = mean + random.nextGaussian();
      }
    }
    return points;
  }
}
