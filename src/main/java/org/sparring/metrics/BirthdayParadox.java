package org.sparring.metrics;

import java.util.Arrays;
import org.sparring.errors.MetricsException;

/**
 * Estimates the support of a generator, the number of distinct samples that it can produce, from
 * how soon it repeats itself (Arora and Zhang 2017, arXiv 1706.08224, section 2): if a batch of s
 * samples contains a duplicate with probability ½, the support is about s².
 *
 * <p>In the paper a person compares the closest pairs; {@link PairwiseDistance#closest} returns
 * them. This class counts two samples as duplicates if their distance is at most a threshold.
 *
 * @param threshold largest Euclidean distance of duplicates, at least 0
 */
public record BirthdayParadox(double threshold) {

  /** A source of batches of samples. */
  @FunctionalInterface
  public interface Batches {
    /**
     * @param size samples in the batch
     * @param trial number of the batch, from 0; the batches of different trials are independent
     * @return (size, dimensions)
     */
    double[][] draw(int size, int trial);
  }

  /**
   * The estimate of a support.
   *
   * @param batch s, the size at which half of the batches contain a duplicate
   * @param atLeast whether fewer than half of the largest batches contain a duplicate, so that s is
   *     a lower bound
   */
  public record Estimate(int batch, boolean atLeast) {

    /** Returns s², the paper's estimate of the support. */
    public double support() {
      return (double) batch * batch;
    }

    /**
     * Returns s(s − 1)/(2 log 2), the support of a uniform distribution with this s. For 365
     * birthdays s is 23, and 23·22/(2 log 2) = 365.0. A non-uniform distribution repeats itself
     * sooner, so its support is larger than this.
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
   * Returns an estimator whose threshold is just below the smallest distance of two real samples.
   *
   * @param real (n, dimensions), n at least 2, without duplicates
   */
  public static BirthdayParadox calibrated(double[][] real) {
    double closest = PairwiseDistance.closest(real, 1).get(0).distance();
    // just below, because the closest two real samples are not duplicates
    return new BirthdayParadox(closest == 0 ? 0 : Math.nextDown(closest));
  }

  /** Returns whether the batch contains two duplicates. */
  public boolean hasDuplicate(double[][] batch) {
    return firstRepetition(batch) <= batch.length;
  }

  /**
   * Finds in each trial the first sample that repeats an earlier one. The estimate s is the median
   * over the trials of the number of samples up to this repetition; no batch sizes have to be
   * tried.
   *
   * @param trials number of batches, at least 1
   * @param largest samples in each batch, at least 2
   */
  public Estimate estimate(Batches batches, int trials, int largest) {
    MetricsException.require(trials >= 1, "trials must be at least 1, found " + trials);
    MetricsException.require(largest >= 2, "a batch holds 2 or more, found " + largest);
    int[] repetitions = new int[trials];
    for (int trial = 0; trial < trials; trial++) {
      repetitions[trial] = firstRepetition(batches.draw(largest, trial));
    }
    Arrays.sort(repetitions);
    // the smallest s for which at least half of the batches contain a duplicate
    int median = repetitions[(trials - 1) / 2];
    return new Estimate(Math.min(median, largest), median > largest);
  }

  /**
   * Returns the number of samples up to and including the first that repeats an earlier one; the
   * batch size + 1 if none does.
   */
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
