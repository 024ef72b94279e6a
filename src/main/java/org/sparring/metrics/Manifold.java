package org.sparring.metrics;

import java.util.Arrays;
import org.sparring.errors.MetricsException;

/**
 * Estimates the support of a distribution by balls around its points: the radius of each ball is
 * the distance to the k-th nearest neighbour in the set. Four scores compare two such estimates, in
 * the form of their papers. This implementation is the plain one, which computes each distance when
 * it is needed; {@link ManifoldScores} is for large sets.
 *
 * <ul>
 *   <li>precision and recall: Kynkäänniemi et al. 2019 (arXiv 1904.06991), equations 1 and 2
 *   <li>density and coverage: Naeem et al. 2020 (arXiv 2002.09797), equations 3 and 4
 * </ul>
 */
public final class Manifold {
  private final double[][] points;
  private final int k;
  private final double[] radii;

  /**
   * @param points the points, (n, dimensions), n above k
   * @param k number of neighbours, at least 1; the papers use 3 and 5
   */
  public Manifold(double[][] points, int k) {
    MetricsException.require(k >= 1, "k must be at least 1, found " + k);
    Points.require("point", points, k + 1);
    this.points = points;
    this.k = k;
    this.radii = Arrays.stream(points).mapToDouble(this::radius).toArray();
  }

  /** Returns the share of the fakes that lie in the ball of at least one real point, in [0, 1]. */
  public static double precision(double[][] real, double[][] fake, int k) {
    return new Manifold(real, k).shareWithin(fake);
  }

  /** Returns the share of the real points that lie in the ball of at least one fake, in [0, 1]. */
  public static double recall(double[][] real, double[][] fake, int k) {
    return new Manifold(fake, k).shareWithin(real);
  }

  /**
   * Returns the share of the balls of real points that contain at least one fake, in [0, 1]. If N
   * real points and M fakes come from the same distribution, the expectation is 1 − Π_{i=1…k} (N −
   * i)/(M + N − i): .969 for k = 5 and large N = M.
   */
  public static double coverage(double[][] real, double[][] fake, int k) {
    Manifold manifold = new Manifold(real, k);
    manifold.requireOthers(fake);
    int covered = 0;
    for (int i = 0; i < real.length; i++) {
      covered += manifold.countWithin(i, fake) > 0 ? 1 : 0;
    }
    return covered / (double) real.length;
  }

  /**
   * Returns the mean number of real balls that contain a fake, divided by k; its expectation is 1
   * if the fakes come from the real distribution.
   */
  public static double density(double[][] real, double[][] fake, int k) {
    Manifold manifold = new Manifold(real, k);
    manifold.requireOthers(fake);
    double within = 0;
    for (int i = 0; i < real.length; i++) {
      within += manifold.countWithin(i, fake);
    }
    return within / (k * (double) fake.length);
  }

  /** Returns the share of {@code others} that lie in at least one ball. */
  public double shareWithin(double[][] others) {
    requireOthers(others);
    int within = 0;
    for (double[] other : others) {
      within += contains(other) ? 1 : 0;
    }
    return within / (double) others.length;
  }

  private boolean contains(double[] other) {
    for (int i = 0; i < points.length; i++) {
      if (Points.distance(points[i], other) <= radii[i]) {
        return true;
      }
    }
    return false;
  }

  private int countWithin(int ball, double[][] others) {
    int count = 0;
    for (double[] other : others) {
      count += Points.distance(points[ball], other) <= radii[ball] ? 1 : 0;
    }
    return count;
  }

  /** Returns the distance to the k-th nearest neighbour, not counting the point itself. */
  private double radius(double[] point) {
    return Arrays.stream(points)
        .mapToDouble(other -> Points.distance(point, other))
        .sorted()
        .skip(k)
        .findFirst()
        .orElseThrow();
  }

  private void requireOthers(double[][] others) {
    Points.require("point", others, 1);
    Points.requireSameSpace(points, others);
  }
}
