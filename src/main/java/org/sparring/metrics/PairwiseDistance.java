package org.sparring.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Distances between the points of one batch. Small distances mean that a generator repeats itself.
 */
public final class PairwiseDistance {
  private PairwiseDistance() {}

  /**
   * Two points of a batch.
   *
   * @param first index of one point, less than {@code second}
   * @param second index of the other point
   * @param distance Euclidean distance
   */
  public record Pair(int first, int second, double distance) {}

  /**
   * Returns the mean Euclidean distance over the n(n − 1)/2 pairs.
   *
   * <p>The corners of a unit square have four sides of 1 and two diagonals: (4 + 2√2)/6 = 1.138.
   *
   * @param points (n, dimensions), n at least 2
   */
  public static double mean(double[][] points) {
    Points.require("point", points, 2);
    double sum = 0;
    for (int i = 0; i < points.length; i++) {
      for (int j = i + 1; j < points.length; j++) {
        sum += Points.distance(points[i], points[j]);
      }
    }
    return sum / (points.length * (points.length - 1.0) / 2);
  }

  /**
   * Returns the closest pairs, nearest first; ties are in batch order.
   *
   * @param points (n, dimensions), n at least 2
   * @param count maximum number of pairs
   */
  public static List<Pair> closest(double[][] points, int count) {
    Points.require("point", points, 2);
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < points.length; i++) {
      for (int j = i + 1; j < points.length; j++) {
        pairs.add(new Pair(i, j, Points.distance(points[i], points[j])));
      }
    }
    pairs.sort(Comparator.comparingDouble(Pair::distance));
    return List.copyOf(pairs.subList(0, Math.min(count, pairs.size())));
  }
}
