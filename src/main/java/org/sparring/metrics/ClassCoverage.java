package org.sparring.metrics;

import java.util.Arrays;
import org.sparring.errors.MetricsException;

/**
 * Counts how many of K classes a set of labelled samples covers. For stacked digits K = 1000, and
 * the label is the number that the three digits spell (Metz et al. 2017, arXiv 1611.02163;
 * Srivastava et al. 2017, arXiv 1705.07761).
 *
 * @param classes K, at least 1
 */
public record ClassCoverage(int classes) {
  /** Modes of three stacked digits. */
  public static final int STACKED_DIGITS = 1000;

  /**
   * The coverage of a set of samples.
   *
   * @param modes classes with at least one sample
   * @param divergence of the class shares from equal shares: KL, its floor, and the corrected KL
   */
  public record Score(int modes, UniformDivergence divergence) {

    public int modesOf() {
      return divergence.classes();
    }

    /** Returns KL(shares ‖ uniform) in nats. */
    public double kl() {
      return divergence.kl();
    }

    /**
     * Returns the expected KL divergence of a uniform source with this number of samples, in nats.
     */
    public double klFloor() {
      return divergence.floor();
    }

    /** Returns KL minus its floor, in nats. */
    public double klCorrected() {
      return divergence.corrected();
    }
  }

  public ClassCoverage {
    MetricsException.require(classes >= 1, "classes must be at least 1, found " + classes);
  }

  /** Returns the coverage score for the 1000 modes of three stacked digits. */
  public static ClassCoverage ofStackedDigits() {
    return new ClassCoverage(STACKED_DIGITS);
  }

  /**
   * Returns the mode of three digits, 100a + 10b + c.
   *
   * @param a first channel's digit, 0 to 9
   * @param b second channel's digit, 0 to 9
   * @param c third channel's digit, 0 to 9
   */
  public static int stacked(int a, int b, int c) {
    for (int digit : new int[] {a, b, c}) {
      MetricsException.require(
          digit >= 0 && digit <= 9, "a digit lies from 0 to 9, found " + digit);
    }
    return 100 * a + 10 * b + c;
  }

  /**
   * Scores a set of samples.
   *
   * @param labels labels of the samples, (n), each from 0 to K − 1
   */
  public Score score(int[] labels) {
    long[] counts = new long[classes];
    for (int label : labels) {
      MetricsException.require(
          label >= 0 && label < classes,
          "expected labels from 0 to " + (classes - 1) + ", found " + label);
      counts[label]++;
    }
    int modes = (int) Arrays.stream(counts).filter(n -> n > 0).count();
    return new Score(modes, UniformDivergence.of(counts));
  }
}
