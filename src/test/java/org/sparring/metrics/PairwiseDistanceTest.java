package org.sparring.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sparring.metrics.ModeCoverageTest.assertRefused;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparring.metrics.PairwiseDistance.Pair;

class PairwiseDistanceTest {
  @Test
  void theCornersOfASquareAreFourSidesAndTwoDiagonals() {
    double[][] corners = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
    assertEquals((4 + 2 * Math.sqrt(2)) / 6, PairwiseDistance.mean(corners), 1e-12);
  }

  @Test
  void aCollapsedBatchHasNoDistance() {
    assertEquals(0, PairwiseDistance.mean(new double[5][7]));
  }

  /** x − y of two standard normals is N(0, 2): E|x − y| = 2/√π = 1.128. */
  @Test
  void standardNormalsAreTwoOverTheRootOfPiApart() {
    Random random = new Random(3);
    double[][] points = new double[2000][1];
    for (double[] point : points) {
      point[0] = random.nextGaussian();
    }
    assertEquals(2 / Math.sqrt(Math.PI), PairwiseDistance.mean(points), 0.05);
  }

  @Test
  void theClosestPairsComeFirst() {
    double[][] points = {{0}, {10}, {11}, {3}};
    List<Pair> closest = PairwiseDistance.closest(points, 2);
    assertEquals(List.of(new Pair(1, 2, 1), new Pair(0, 3, 3)), closest);
    assertEquals(6, PairwiseDistance.closest(points, 100).size());
  }

  @Test
  void onePointHasNoPairs() {
    assertRefused(() -> PairwiseDistance.mean(new double[1][2]), "at least 2 points, found 1");
    assertRefused(
        () -> PairwiseDistance.mean(new double[][] {{1}, {Double.POSITIVE_INFINITY}}),
        "point 1: expected finite numbers, found Infinity");
    assertRefused(
        () -> PairwiseDistance.mean(new double[][] {{1}, {1, 2}}),
        "point 1: expected 1 coordinates, found 2");
  }
}
