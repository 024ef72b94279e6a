package org.sparring.metrics;

import java.util.Arrays;
import org.sparring.errors.MetricsException;

/**
 * The Inception score (Salimans et al. 2016, arXiv 1606.03498, section 4): exp of the mean over x
 * of KL(p(y|x) ‖ p(y)), where p(y) is the mean of p(y|x) over the same samples. It lies between 1
 * and the number of classes K: 1 if p(y|x) is the same for every sample, K if every sample is
 * classified with certainty and all K classes are equally frequent.
 *
 * <p>As in the published code, the samples are divided into splits in the order in which they are
 * added. The score is the mean over the splits, reported with their standard deviation (divisor:
 * the number of splits). Memory: K numbers per split, independent of the number of samples.
 */
public final class InceptionScore {
  /** The number of splits in the published code. */
  public static final int DEFAULT_SPLITS = 10;

  private final int classes;
  private final long samples;
  private final double[][] sums;
  private final double[] negentropies;
  private long taken;

  /**
   * The score of a set of samples.
   *
   * @param value mean over the splits
   * @param deviation standard deviation over the splits
   * @param splits number of splits, at least 1
   */
  public record Score(double value, double deviation, int splits) {}

  /**
   * @param classes K, at least 2
   * @param samples total number of samples that will be added, at least one per split
   * @param splits number of splits, at least 1
   */
  public InceptionScore(int classes, long samples, int splits) {
    MetricsException.require(classes >= 2, "expected 2 classes or more, found " + classes);
    MetricsException.require(splits >= 1, "expected 1 split or more, found " + splits);
    MetricsException.require(
        samples >= splits, "expected a sample a split, found " + samples + " for " + splits);
    this.classes = classes;
    this.samples = samples;
    this.sums = new double[splits][classes];
    this.negentropies = new double[splits];
  }

  /**
   * Adds the next n samples.
   *
   * @param probabilities class probabilities, (n, K), each row with sum 1
   */
  public void add(Features probabilities) {
    Probabilities.require(probabilities, classes);
    MetricsException.require(
        taken + probabilities.count() <= samples,
        "expected " + samples + " samples in all, found more");
    for (int i = 0; i < probabilities.count(); i++) {
      int split = (int) (taken++ * sums.length / samples);
      for (int c = 0; c < classes; c++) {
        double p = probabilities.values()[i * classes + c];
        sums[split][c] += p;
        negentropies[split] += p == 0 ? 0 : p * Math.log(p);
      }
    }
  }

  /** Returns the score. Call it after the last sample was added. */
  public Score score() {
    MetricsException.require(
        taken == samples, "expected " + samples + " samples in all, found " + taken);
    double[] values = new double[sums.length];
    for (int split = 0; split < values.length; split++) {
      values[split] = split(sums[split], negentropies[split]);
    }
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return new Score(mean, Math.sqrt(squares / values.length), values.length);
  }

  /** Returns exp(mean Σ p log p − Σ q log q) of one split, with q the mean of p. */
  private static double split(double[] sum, double negentropy) {
    double n = Arrays.stream(sum).sum();
    double marginal = 0;
    for (double s : sum) {
      double q = s / n;
      marginal += q == 0 ? 0 : q * Math.log(q);
    }
    return Math.exp(negentropy / n - marginal);
  }
}
