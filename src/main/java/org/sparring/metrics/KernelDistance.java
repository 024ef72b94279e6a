package org.sparring.metrics;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.sparring.errors.MetricsException;

/**
 * The kernel distance (Bińkowski et al. 2018, arXiv 1801.01401, section 4): the squared maximum
 * mean discrepancy with the kernel k(x, y) = (x·y/d + 1)³, in its unbiased form (Gretton et al.
 * 2012, equation 3), on blocks of samples. If both sets come from the same distribution, its
 * expectation is 0 for every number of samples, and single values can be negative.
 *
 * <p>Real samples 1 and 3, fakes 0 and 2, d = 1: 4³ + 1³ − (1 + 27 + 1 + 343)/2 = −121, because
 * k(1, 3) = 64, k(0, 2) = 1, and k of the four mixed pairs is 1, 27, 1 and 343.
 *
 * @param block samples of each set in a block, at least 2; the paper uses 1000
 * @param seed of the random order of the samples; blocks are disjoint, hence independent
 */
public record KernelDistance(int block, long seed) {
  public static final int DEFAULT_BLOCK = 1000;

  /**
   * The distance of two sets.
   *
   * @param value mean over the blocks
   * @param standardError standard error of {@code value}, from the spread over the blocks; NaN for
   *     one block
   * @param blocks number of blocks, at least 1
   * @param block samples of each set in a block
   */
  public record Score(double value, double standardError, int blocks, int block) {}

  public KernelDistance {
    MetricsException.require(block >= 2, "a block holds 2 or more samples, found " + block);
  }

  /**
   * Returns the distance, computed from all disjoint blocks that fit in both sets; if a set is
   * smaller than one block, from one smaller block.
   */
  public Score of(Features real, Features fake) {
    real.requireSameSpace(fake);
    int least = Math.min(real.count(), fake.count());
    MetricsException.require(least >= 2, "expected at least 2 samples of both, found " + least);
    int size = Math.min(block, least);
    int blocks = least / size;
    int[] realOrder = Shuffle.of(real.count(), seed);
    int[] fakeOrder = Shuffle.of(fake.count(), seed + 1);
    double[] values =
        IntStream.range(0, blocks)
            .parallel()
            .mapToDouble(
                b -> squared(part(real, realOrder, b, size), part(fake, fakeOrder, b, size)))
            .toArray();
    Summary summary = Summary.of(values);
    return new Score(summary.mean(), summary.standardError(), blocks, size);
  }

  /** Returns the unbiased MMD² of all samples of both sets, of at least 2 samples each. */
  public static double squared(Features real, Features fake) {
    double within = Math.min(real.count(), fake.count());
    MetricsException.require(within >= 2, "expected at least 2 samples of both, found " + within);
    return mean(real, real) + mean(fake, fake) - 2 * mean(real, fake);
  }

  /**
   * Returns the mean of the kernel over all pairs; if both sets are the same, over the pairs of
   * different samples.
   */
  private static double mean(Features left, Features right) {
    DMatrixRMaj products = new DMatrixRMaj(left.count(), right.count());
    CommonOps_DDRM.mult(left.rows(0, left.count()), right.columns(0, right.count()), products);
    double dimensions = left.dimensions();
    double sum = 0;
    for (double product : products.data) {
      sum += kernel(product, dimensions);
    }
    if (left != right) {
      return sum / products.data.length;
    }
    for (int i = 0; i < left.count(); i++) {
      sum -= kernel(products.get(i, i), dimensions);
    }
    return sum / (left.count() * (left.count() - 1.0));
  }

  private static double kernel(double product, double dimensions) {
    double base = product / dimensions + 1;
    return base * base * base;
  }

  private static Features part(Features of, int[] order, int block, int size) {
    int[] indices = new int[size];
    System.arraycopy(order, block * size, indices, 0, size);
    return of.select(indices);
  }
}
