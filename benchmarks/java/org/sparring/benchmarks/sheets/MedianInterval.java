package org.sparring.benchmarks.sheets;

import java.util.List;

/**
 * A median with its confidence interval, without assuming a distribution.
 *
 * <p>The number of n independent samples below the true median is distributed like the number of
 * heads in n throws of a coin. So the interval from the (k+1)th smallest to the (k+1)th largest
 * misses the median with probability 2·P(Bin(n, ½) ≤ k). The largest k is taken for which this is
 * at most {@value #MISS}; with fewer than 7 samples even the whole range misses it more often, and
 * the range is used.
 *
 * @param low end of the interval
 * @param median of the samples
 * @param high end of the interval
 */
public record MedianInterval(double low, double median, double high) {
  /**
   * The miss probability of one interval. A comparison uses two medians, so it is wrong in at most
   * 5 of 100 cases.
   */
  static final double MISS = 0.025;

  /** The minimum number of samples for such an interval: 2·½⁷ is 1.6 %, 2·½⁶ is 3.1 %. */
  static final int ENOUGH = 7;

  static MedianInterval of(List<Double> samples) {
    List<Double> sorted = samples.stream().sorted().toList();
    int n = sorted.size();
    int left = Math.max(0, beyond(n));
    double median = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    return new MedianInterval(sorted.get(left), median, sorted.get(n - 1 - left));
  }

  /** Returns the largest k with 2·P(Bin(n, ½) ≤ k) ≤ {@value #MISS}; −1 if there is none. */
  static int beyond(int n) {
    double logarithm = n * Math.log(0.5); // the probability itself is 0 from n = 1075 on
    double sum = 0;
    int k = -1;
    while (2 * (sum + Math.exp(logarithm)) <= MISS) {
      sum += Math.exp(logarithm);
      k++;
      logarithm += Math.log((n - k) / (k + 1.0));
    }
    return k;
  }

  /**
   * Returns the ratio of this median to another. The interval, the ratios of opposite ends,
   * contains the true ratio in at least 95 of 100 cases if both have {@value #ENOUGH} samples or
   * more.
   */
  MedianInterval over(MedianInterval other) {
    return new MedianInterval(low / other.high, median / other.median, high / other.low);
  }
}
