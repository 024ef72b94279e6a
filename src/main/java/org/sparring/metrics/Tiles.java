package org.sparring.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.sparring.errors.MetricsException;

/**
 * Computes squared distances between many samples, tile by tile: ‖x − y‖² = ‖x‖² + ‖y‖² − 2x·y in
 * float64, with the products of a tile from one matrix multiplication. Every product sums the
 * dimensions in the same order, so equal samples have a distance of exactly 0, and the distance is
 * exactly symmetric.
 */
final class Tiles {
  private static final int SIDE = 256;

  private final Features features;
  private final double[] norms;

  /** Receives the squared distance of each pair. */
  @FunctionalInterface
  interface Pairs {
    void at(int i, int j, double squaredDistance);
  }

  Tiles(Features features) {
    this.features = features;
    norms = new double[features.count()];
    for (int i = 0; i < norms.length; i++) {
      norms[i] = squaredNorm(features.values(), i * features.dimensions(), features.dimensions());
    }
  }

  int count() {
    return norms.length;
  }

  int tiles() {
    return (norms.length + SIDE - 1) / SIDE;
  }

  /**
   * Returns the squared distance of every sample to its k-th nearest neighbour in the set, not
   * counting the sample itself.
   *
   * @param ks the values of k, each at least 1
   * @return (number of ks, samples)
   */
  double[][] squaredRadii(int... ks) {
    int most = Arrays.stream(ks).max().orElseThrow();
    MetricsException.require(
        Arrays.stream(ks).min().orElseThrow() >= 1, "k must be at least 1, found " + least(ks));
    MetricsException.require(
        norms.length > most,
        "sample: expected at least " + (most + 1) + " of them, found " + norms.length);
    double[][] radii = new double[ks.length][norms.length];
    IntStream.range(0, tiles()).parallel().forEach(tile -> radii(tile, most, ks, radii));
    return radii;
  }

  /**
   * Calls {@code pairs} for every pair of a sample of tile number {@code tile} and a sample of
   * {@code others}.
   */
  void squaredDistances(int tile, Tiles others, Pairs pairs) {
    int from = tile * SIDE;
    DMatrixRMaj rows = features.rows(from, Math.min(from + SIDE, norms.length));
    for (int other = 0; other < others.norms.length; other += SIDE) {
      int end = Math.min(other + SIDE, others.norms.length);
      DMatrixRMaj products = new DMatrixRMaj(rows.numRows, end - other);
      CommonOps_DDRM.mult(rows, others.features.columns(other, end), products);
      for (int i = 0; i < products.numRows; i++) {
        for (int j = 0; j < products.numCols; j++) {
          double norm = norms[from + i] + others.norms[other + j];
          double squared = norm - 2 * products.data[i * products.numCols + j];
          pairs.at(from + i, other + j, Math.max(0, squared));
        }
      }
    }
  }

  private void radii(int tile, int most, int[] ks, double[][] radii) {
    int from = tile * SIDE;
    // each sample is its own nearest neighbour, so k + 1 distances are kept, in order
    double[][] nearest = new double[Math.min(SIDE, norms.length - from)][most + 1];
    for (double[] row : nearest) {
      Arrays.fill(row, Double.POSITIVE_INFINITY);
    }
    squaredDistances(tile, this, (i, j, squared) -> insert(nearest[i - from], squared));
    for (int i = 0; i < nearest.length; i++) {
      for (int k = 0; k < ks.length; k++) {
        radii[k][from + i] = nearest[i][ks[k]];
      }
    }
  }

  private static void insert(double[] sorted, double value) {
    int at = sorted.length - 1;
    if (value >= sorted[at]) {
      return;
    }
    while (at > 0 && sorted[at - 1] > value) {
      sorted[at] = sorted[at - 1];
      at--;
    }
    sorted[at] = value;
  }

  /** Returns the squared norm; sums in the order of the dimensions, as the products do. */
  private static double squaredNorm(float[] values, int from, int dimensions) {
    double sum = 0;
    for (int k = from; k < from + dimensions; k++) {
      sum += (double) values[k] * values[k];
    }
    return sum;
  }

  private static int least(int[] ks) {
    return Arrays.stream(ks).min().orElseThrow();
  }
}
