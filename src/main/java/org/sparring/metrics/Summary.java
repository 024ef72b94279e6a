package org.sparring.metrics;

import java.util.Arrays;
import java.util.Locale;
import org.sparring.errors.MetricsException;

/**
 * One figure over several runs.
 *
 * <p>Of 6, 7, 8 and 7: mean 7, deviation √(2/3), standard error √(2/3)/2 = .408.
 *
 * @param runs at least 1
 * @param mean of the runs
 * @param standardError of the mean, s/√n with n − 1 in s; NaN for one run, which has none
 */
public record Summary(int runs, double mean, double standardError) {

  public static Summary of(double... values) {
    MetricsException.require(values.length >= 1, "expected at least 1 run, found none");
    int n = values.length;
    double mean = Arrays.stream(values).sum() / n;
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    // one run: 0/0, not a number
    return new Summary(n, mean, Math.sqrt(squares / (n - 1) / n));
  }

  /** Such as {@code 7.90 ± 0.10}; the mean alone for one run. */
  public String text(int decimals) {
    String number = "%." + decimals + "f";
    return runs == 1
        ? String.format(Locale.ROOT, number, mean)
        : String.format(Locale.ROOT, number + " ± " + number, mean, standardError);
  }
}
