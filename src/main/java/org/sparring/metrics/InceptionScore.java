package org.sparring.metrics;

import java.util.Arrays;
import org.sparring.errors.MetricsException;

/**
 * The Inception score (Salimans et al. 2016, arXiv 1606.03498, section 4): exp of the mean over x
 * of KL(p(y|x) ‖ p(y)), where p(y) is the mean of p(y|x) over the same samples. It lies from 1 to
 * the number of classes: 1 where every sample is answered alike, K where each is answered with
 * certainty and all K classes come equally often.
 *
 * <p>As the published code does, samples are cut into splits in the order in which they come; the
 * score is the splits' mean, with their deviation (divisor: the number of splits). Holds K numbers
 * a split, however many samples come.
 */
public final class InceptionScore {
  /** Of the published code. */
  public static final int DEFAULT_SPLITS = 10;

  private final int classes;
  private final long samples;
  private final double[][] sums;
  private final double[] negentropies;
  private long taken;

  /**
   * What was found.
   *
   * @param value mean of the splits
   * @param deviation of the splits
   * @param splits at least 1
   */
  public record Score(double value, double deviation, int splits) {}

  /**
   * @param classes K, at least 2
   * @param samples that will come, at least one a split
   * @param splits at least 1
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

  /** Takes in the answers to the next samples: (n, K), rows that sum to 1. */
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

  /** After the last sample. */
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

  /** exp(mean Σ p log p − Σ q log q) with q the mean of p. */
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
