package org.sparring.benchmarks.sheets;

import java.util.Arrays;

/** Collects one number per round; the first rounds are warm-up and do not count. */
public final class Rounds {
  private static final int WARM = 2;

  private double[] all = new double[0];

  public void add(double value) {
    all = Arrays.copyOf(all, all.length + 1);
    all[all.length - 1] = value;
  }

  /** Returns the numbers that count, multiplied by a factor. */
  public double[] measured(double factor) {
    int warm = Math.min(WARM, all.length - 1);
    return Arrays.stream(all).skip(warm).map(value -> value * factor).toArray();
  }

  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
