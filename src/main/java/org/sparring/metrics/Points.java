package org.sparring.metrics;

import org.sparring.errors.MetricsException;

/** Checks and distances shared by the statistics of points. */
final class Points {
  private Points() {}

  /**
   * Throws unless {@code points} is a rectangular array of finite numbers with enough points.
   *
   * @param name name of the points in the message
   * @param points the points, (n, dimensions)
   * @param least smallest allowed number of points
   */
  static void require(String name, double[][] points, int least) {
    MetricsException.require(
        points.length >= least,
        name + ": expected at least " + least + " points, found " + points.length);
    int dimensions = points[0].length;
    MetricsException.require(dimensions >= 1, name + ": a point has 1 or more coordinates");
    for (int i = 0; i < points.length; i++) {
      requireDimensions(name + " " + i, points[i], dimensions);
      requireFinite(name + " " + i, points[i]);
    }
  }

  /** Throws unless both sets have the same number of coordinates per point. */
  static void requireSameSpace(double[][] points, double[][] others) {
    requireDimensions("the second points", others[0], points[0].length);
  }

  private static void requireDimensions(String name, double[] point, int dimensions) {
    MetricsException.require(
        point.length == dimensions,
        name + ": expected " + dimensions + " coordinates, found " + point.length);
  }

  private static void requireFinite(String name, double[] point) {
    for (double coordinate : point) {
      MetricsException.require(
          Double.isFinite(coordinate), name + ": expected finite numbers, found " + coordinate);
    }
  }

  /** Returns ‖a − b‖². */
  static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }

  /** Returns ‖a − b‖. */
  static double distance(double[] a, double[] b) {
    return Math.sqrt(squaredDistance(a, b));
  }
}
