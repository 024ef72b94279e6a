package org.sparring.metrics;

import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.sparring.errors.MetricsException;

/**
 * Mean and covariance, in float64, of samples that are added in batches. Each batch is centred on
 * its own mean and merged as in Chan, Golub and LeVeque 1979 (equation 2.1), which avoids
 * subtracting large sums of squares. Memory: d² numbers, independent of the number of samples.
 */
public final class Moments {
  private final DMatrixRMaj scatter;
  private final double[] mean;
  private long count;

  /**
   * Starts without samples.
   *
   * @param dimensions d, at least 1
   */
  public Moments(int dimensions) {
    MetricsException.require(
        dimensions >= 1, "a sample has 1 or more dimensions, found " + dimensions);
    scatter = new DMatrixRMaj(dimensions, dimensions);
    mean = new double[dimensions];
  }

  /**
   * Returns moments computed elsewhere. The number of samples is not known; it is set to 2, the
   * smallest that has a covariance.
   *
   * @param mean mean, (d), finite
   * @param covariance covariance, (d, d), row-major, finite, with divisor n − 1
   */
  public static Moments known(double[] mean, double[] covariance) {
    Moments moments = new Moments(mean.length);
    MetricsException.require(
        covariance.length == mean.length * mean.length,
        "expected a covariance of " + mean.length + "² numbers, found " + covariance.length);
    DoubleStream all = DoubleStream.concat(DoubleStream.of(mean), DoubleStream.of(covariance));
    MetricsException.require(
        all.allMatch(Double::isFinite), "expected finite moments, found NaN or infinity");
    System.arraycopy(mean, 0, moments.mean, 0, mean.length);
    System.arraycopy(covariance, 0, moments.scatter.data, 0, covariance.length);
    moments.count = 2;
    return moments;
  }

  /** Returns the moments of all samples of a set. */
  public static Moments of(Features features) {
    Moments moments = new Moments(features.dimensions());
    int batch = 256;
    for (int from = 0; from < features.count(); from += batch) {
      moments.add(features.rows(from, Math.min(from + batch, features.count())));
    }
    return moments;
  }

  /** Adds the samples of a batch. */
  public void add(Features batch) {
    add(batch.rows(0, batch.count()));
  }

  /** Adds all samples of another instance, which is not changed. */
  public void add(Moments other) {
    requireDimensions(other.dimensions());
    if (other.count > 0) {
      merge(other.count, other.mean, other.scatter);
    }
  }

  /** Returns the number of samples added so far. */
  public long count() {
    return count;
  }

  public int dimensions() {
    return mean.length;
  }

  /** Returns the mean, (d). */
  public double[] mean() {
    requireSamples(1);
    return mean.clone();
  }

  /** Returns the covariance, (d, d), row-major, with divisor n − 1; n must be at least 2. */
  public double[] covariance() {
    return covarianceMatrix().data;
  }

  DMatrixRMaj covarianceMatrix() {
    requireSamples(2);
    DMatrixRMaj covariance = new DMatrixRMaj(scatter);
    CommonOps_DDRM.divide(covariance, count - 1.0);
    return covariance;
  }

  /** Adds rows; centres them in place, so the caller must pass a copy. */
  private void add(DMatrixRMaj rows) {
    requireDimensions(rows.numCols);
    double[] batchMean = CommonOps_DDRM.sumCols(rows, null).data;
    for (int k = 0; k < batchMean.length; k++) {
      batchMean[k] /= rows.numRows;
    }
    for (int i = 0; i < rows.data.length; i++) {
      rows.data[i] -= batchMean[i % batchMean.length];
    }
    DMatrixRMaj batchScatter = new DMatrixRMaj(rows.numCols, rows.numCols);
    CommonOps_DDRM.multInner(rows, batchScatter);
    merge(rows.numRows, batchMean, batchScatter);
  }

  /** S ← S + Sᵦ + δδᵀ·n·nᵦ/(n + nᵦ) and m ← m + δ·nᵦ/(n + nᵦ), with δ = mᵦ − m. */
  private void merge(long others, double[] otherMean, DMatrixRMaj otherScatter) {
    long all = count + others;
    DMatrixRMaj difference = new DMatrixRMaj(mean.length, 1);
    for (int k = 0; k < mean.length; k++) {
      difference.data[k] = otherMean[k] - mean[k];
      mean[k] += difference.data[k] * others / all;
    }
    CommonOps_DDRM.addEquals(scatter, otherScatter);
    CommonOps_DDRM.multAddTransB((double) count * others / all, difference, difference, scatter);
    count = all;
  }

  private void requireDimensions(int found) {
    MetricsException.require(
        found == mean.length, "expected samples of " + mean.length + " dimensions, found " + found);
  }

  private void requireSamples(int least) {
    MetricsException.require(
        count >= least, "expected at least " + least + " samples, found " + count);
  }
}
