package org.sparring.metrics;

import java.util.Arrays;
import java.util.Locale;
import org.sparring.errors.MetricsException;

/**
 * The mean of one figure over several runs, with its standard error.
 *
 * <p>For 6, 7, 8 and 7: mean 7, standard deviation √(2/3), standard error √(2/3)/2 = .408.
 *
 * @param runs at least 1
 * @param mean mean over the runs
 * @param standardError standard error of the mean, s/√n, where s has the divisor n − 1; NaN for one
 *     run
 */
public record Summary(int runs, double mean, double standardError) {

  public static Summary of(double... values) {
    MetricsException.require(values.length >= 1, "expected at least 1 run, found none");
    int n = values.length;
    double mean = Arrays.stream(values).sum() / n;
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    // for one run 0/0 = NaN
    return new Summary(n, mean, Math.sqrt(squares / (n - 1) / n));
  }

  /** Returns a text such as {@code 7.90 ± 0.10}; the mean only for one run. */
  public String text(int decimals) {
    String number = "%." + decimals + "f";
    return runs == 1
        ? String.format(Locale.ROOT, number, mean)
        : String.format(Locale.ROOT, number + " ± " + number, mean, standardError);
  }
}
