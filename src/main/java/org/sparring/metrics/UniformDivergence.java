package org.sparring.metrics;

import java.util.Arrays;
import org.sparring.errors.MetricsException;

/**
 * How far the shares of K classes are from equal: KL(shares ‖ uniform) = Σ pₖ log(K pₖ), in nats.
 *
 * <p>Two classes of four with half of the samples each: log 2 = .693. All in one of K: log K.
 *
 * @param classes K, at least 1
 * @param samples N, at least 1
 * @param kl of the counted shares, in [0, log K]
 */
public record UniformDivergence(int classes, long samples, double kl) {

  /**
   * @param counts of each class; not all 0
   */
  public static UniformDivergence of(long[] counts) {
    long samples = Arrays.stream(counts).sum();
    boolean negative = Arrays.stream(counts).anyMatch(n -> n < 0);
    MetricsException.require(!negative, "counts must not be negative");
    MetricsException.require(samples > 0, "expected at least 1 sample, found none");
    double kl = 0;
    for (long count : counts) {
      double share = count / (double) samples;
      kl += count == 0 ? 0 : share * Math.log(counts.length * share);
    }
    return new UniformDivergence(counts.length, samples, kl);
  }

  /**
   * (K − 1)/2N: what N samples of a perfectly uniform source show on average, to first order
   * (Miller 1955). 1000 classes and 26,000 samples: .0192.
   */
  public double floor() {
    return (classes - 1) / (2.0 * samples);
  }

  /** The KL less its floor: near 0 for a uniform source, and then as often below it as above. */
  public double corrected() {
    return kl - floor();
  }
}
