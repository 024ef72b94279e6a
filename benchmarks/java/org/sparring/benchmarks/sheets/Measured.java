package org.sparring.benchmarks.sheets;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One figure of one benchmark with one choice of its parameters.
 *
 * @param benchmark class and method, such as {@code TrainingStepBenchmark.step}
 * @param figure {@code time} of an operation, or the name of a figure that the benchmark reports,
 *     such as {@code ours/bare}
 * @param params of the benchmark, by name
 * @param unit of the samples
 * @param count number of measurements; if there are more than {@value #MOST}, the samples are that
 *     many quantiles
 * @param samples in ascending order
 * @param foreignCpu share of the machine's processor time that other processes used meanwhile; null
 *     if the kernel does not report it
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measured(
    String benchmark,
    String figure,
    Map<String, String> params,
    String unit,
    long count,
    List<Double> samples,
    Double foreignCpu) {
  /**
   * Maximum number of samples, so that people can read the file; the median and the quartiles stay
   * exact.
   */
  public static final int MOST = 101;

  /** The name of the figure that JMH itself measures. */
  public static final String TIME = "time";

  public Measured {
    params = new TreeMap<>(params);
    samples = samples.stream().sorted().toList();
    if (samples.isEmpty()) {
      throw new IllegalArgumentException(benchmark + ": expected at least 1 sample, found none");
    }
  }

  /** The key by which the same figure is found in two files. */
  public record Key(String benchmark, String figure, Map<String, String> params, String unit) {
    @Override
    public String toString() {
      StringBuilder name = new StringBuilder(benchmark);
      params.forEach((key, value) -> name.append(' ').append(key).append('=').append(value));
      return figure.equals(TIME) ? name.toString() : name + " " + figure;
    }
  }

  Key key() {
    return new Key(benchmark, figure, params, unit);
  }

  /** Returns the median, which is the score. */
  public double median() {
    return quantile(0.5);
  }

  /**
   * Returns a quantile, interpolated linearly between order statistics: the median of (1, 2) is
   * 1.5.
   */
  public double quantile(double share) {
    double at = share * (samples.size() - 1);
    int below = (int) at;
    int above = Math.min(below + 1, samples.size() - 1);
    double low = samples.get(below);
    return low + (at - below) * (samples.get(above) - low);
  }

  /**
   * Returns at most {@value #MOST} of the values: order statistics at equal distances, including
   * the smallest and the largest value.
   *
   * @param counted values with their counts, in ascending order
   * @param size total number of values
   */
  public static List<Double> thinned(Iterator<Map.Entry<Double, Long>> counted, long size) {
    int kept = (int) Math.min(size, MOST);
    double[] thin = new double[kept];
    long passed = 0;
    int next = 0;
    while (counted.hasNext() && next < kept) {
      Map.Entry<Double, Long> entry = counted.next();
      passed += entry.getValue();
      while (next < kept && rank(next, kept, size) < passed) {
        thin[next++] = entry.getKey();
      }
    }
    return Arrays.stream(thin).boxed().toList();
  }

  private static long rank(int index, int kept, long size) {
    return kept == 1 ? 0 : Math.round(index * (size - 1.0) / (kept - 1));
  }
}
