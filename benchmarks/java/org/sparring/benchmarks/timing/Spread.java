package org.sparring.benchmarks.timing;

import java.util.Arrays;
import java.util.Collection;

/**
 * Median and quartiles, interpolated between neighbouring values: for 1, 2, 3, 4 the median is 2.5
 * and the quartiles are 1.75 and 3.25.
 *
 * @param count number of values, at least 1
 */
public record Spread(
    int count, double median, double lowerQuartile, double upperQuartile, double min, double max) {

  /** Returns the spread of at least one value. */
  public static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("a spread needs at least one value, found none");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Spread(
        sorted.length,
        quantile(sorted, 0.5),
        quantile(sorted, 0.25),
        quantile(sorted, 0.75),
        sorted[0],
        sorted[sorted.length - 1]);
  }

  public static Spread of(Collection<Double> values) {
    return of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
