package org.sparring.metrics;

import java.util.Arrays;
import org.sparring.errors.MetricsException;

/**
 * How many different samples a generator can make, from how soon it repeats itself (Arora and Zhang
 * 2017, arXiv 1706.08224, section 2): if a batch of s holds a duplicate with probability ½, the
 * support is about s².
 *
 * <p>The paper lets a person look at the closest pairs; {@link PairwiseDistance#closest} gives
 * those. Here two samples are the same where they lie no further apart than a threshold.
 *
 * @param threshold Euclidean, 0 or more
 */
public record BirthdayParadox(double threshold) {

  /** Batches on request. */
  @FunctionalInterface
  public interface Batches {
    /**
     * @param trial from 0; each trial's batch is independent of the others
     * @return (size, dimensions)
     */
    double[][] draw(int size, int trial);
  }

  /**
   * What was found.
   *
   * @param batch s: of this size every other batch holds a duplicate
   * @param atLeast the largest batch tried holds none that often: s is a lower bound
   */
  public record Estimate(int batch, boolean atLeast) {

    /** s², the paper's estimate. */
    public double support() {
      return (double) batch * batch;
    }

    /**
     * s(s − 1)/(2 log 2), the support of a uniform distribution with this s. Of 365 birthdays s is
     * 23, and 23·22/(2 log 2) = 365.0; an uneven distribution repeats itself sooner, so that its
     * support is larger.
     */
    public double uniformSupport() {
      return batch * (batch - 1.0) / (2 * Math.log(2));
    }
  }

  public BirthdayParadox {
    MetricsException.require(
        threshold >= 0 && Double.isFinite(threshold),
        "the threshold must be 0 or more, found " + threshold);
  }

  /**
   * The threshold that real samples set: closer than any two of them, two samples count as one.
   *
   * @param real (n, dimensions), n at least 2, without duplicates
   */
  public static BirthdayParadox calibrated(double[][] real) {
    double closest = PairwiseDistance.closest(real, 1).get(0).distance();
    // just below: the closest two are different samples
    return new BirthdayParadox(closest == 0 ? 0 : Math.nextDown(closest));
  }

  /** Whether any two samples of the batch are the same. */
  public boolean hasDuplicate(double[][] batch) {
    return firstRepetition(batch) <= batch.length;
  }

  /**
   * Looks in each trial for the first sample that repeats an earlier one; s is the median of how
   * many samples that takes, found in one pass and without trying sizes.
   *
   * @param trials batches, at least 1
   * @param largest samples in each, at least 2
   */
  public Estimate estimate(Batches batches, int trials, int largest) {
    MetricsException.require(trials >= 1, "trials must be at least 1, found " + trials);
    MetricsException.require(largest >= 2, "a batch holds 2 or more, found " + largest);
    int[] repetitions = new int[trials];
    for (int trial = 0; trial < trials; trial++) {
      repetitions[trial] = firstRepetition(batches.draw(largest, trial));
    }
    Arrays.sort(repetitions);
    // the smallest s of which at least half of the batches repeat themselves
    int median = repetitions[(trials - 1) / 2];
    return new Estimate(Math.min(median, largest), median > largest);
  }

  /** Samples until one repeats an earlier one; one more than the batch where none does. */
  private int firstRepetition(double[][] batch) {
    Points.require("sample", batch, 1);
    for (int j = 1; j < batch.length; j++) {
      for (int i = 0; i < j; i++) {
        if (Points.distance(batch[i], batch[j]) <= threshold) {
          return j + 1;
        }
      }
    }
    return batch.length + 1;
  }
}
