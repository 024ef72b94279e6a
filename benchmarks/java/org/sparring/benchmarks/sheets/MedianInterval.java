package org.sparring.benchmarks.sheets;

import java.util.List;

/**
 * A median and what it may be off, without assuming a distribution.
 *
 * <p>Of n independent samples as many lie below the true median as heads come up in n throws of a
 * coin. So the interval from the (k+1)th smallest to the (k+1)th largest misses the median with
 * probability 2·P(Bin(n, ½) ≤ k). The largest k is taken for which this is at most {@value #MISS};
 * with fewer than 7 samples even the whole range misses it more often, and the range is what there
 * is.
 *
 * @param low end of the interval
 * @param median of the samples
 * @param high end of the interval
 */
public record MedianInterval(double low, double median, double high) {
  /** Two medians are compared: each may be missed in 2.5 of 100 cases, both together in 5. */
  static final double MISS = 0.025;

  /** Samples from which on there is such an interval: 2·½⁷ is 1.6 %, 2·½⁶ is 3.1 %. */
  static final int ENOUGH = 7;

  static MedianInterval of(List<Double> samples) {
    List<Double> sorted = samples.stream().sorted().toList();
    int n = sorted.size();
    int left = Math.max(0, beyond(n));
    double median = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    return new MedianInterval(sorted.get(left), median, sorted.get(n - 1 - left));
  }

  /** The largest k with 2·P(Bin(n, ½) ≤ k) ≤ {@value #MISS}; −1 where there is none. */
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
   * The ratio of this median to another: it lies between the ratios of opposite ends in at least 95
   * of 100 cases, where both have {@value #ENOUGH} samples or more.
   */
  MedianInterval over(MedianInterval other) {
    return new MedianInterval(low / other.high, median / other.median, high / other.low);
  }
}
