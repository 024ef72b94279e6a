package org.sparring.metrics;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.sparring.errors.MetricsException;

/**
 * Features that a network computed for n samples. They are stored as float32; metrics compute with
 * them in float64.
 *
 * @param values (n, dimensions), row-major, finite; kept, not copied
 * @param dimensions number of features per sample, at least 1
 */
public record Features(float[] values, int dimensions) {

  public Features {
    MetricsException.require(
        dimensions >= 1, "a sample has 1 or more features, found " + dimensions);
    MetricsException.require(
        values.length >= dimensions && values.length % dimensions == 0,
        "expected whole samples of " + dimensions + " numbers, found " + values.length);
    requireFinite(values, dimensions);
  }

  /** Returns features with the values of {@code points}, (n, dimensions). */
  public static Features of(double[][] points) {
    Points.require("sample", points, 1);
    int dimensions = points[0].length;
    float[] values = new float[points.length * dimensions];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) points[i / dimensions][i % dimensions];
    }
    return new Features(values, dimensions);
  }

  /** Returns the number of samples, n. */
  public int count() {
    return values.length / dimensions;
  }

  /** Returns the samples with the given indices, in the order of {@code indices}. */
  public Features select(int[] indices) {
    float[] chosen = new float[indices.length * dimensions];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(values, indices[i] * dimensions, chosen, i * dimensions, dimensions);
    }
    return new Features(chosen, dimensions);
  }

  /** Returns the samples from index {@code from} (inclusive) to {@code to} (exclusive). */
  public Features range(int from, int to) {
    return new Features(Arrays.copyOfRange(values, from * dimensions, to * dimensions), dimensions);
  }

  /** Returns the features as float64, (n, dimensions); used by {@link Manifold} and by tests. */
  public double[][] points() {
    double[][] points = new double[count()][dimensions];
    for (int i = 0; i < values.length; i++) {
      points[i / dimensions][i % dimensions] = values[i];
    }
    return points;
  }

  /**
   * Returns the samples {@code from} (inclusive) to {@code to} (exclusive) as rows in float64, (to
   * − from, dimensions).
   */
  DMatrixRMaj rows(int from, int to) {
    DMatrixRMaj rows = new DMatrixRMaj(to - from, dimensions);
    for (int i = 0; i < rows.data.length; i++) {
      rows.data[i] = values[from * dimensions + i];
    }
    return rows;
  }

  /** Returns the same samples as columns, (dimensions, to − from). */
  DMatrixRMaj columns(int from, int to) {
    DMatrixRMaj columns = new DMatrixRMaj(dimensions, to - from);
    for (int i = from; i < to; i++) {
      for (int k = 0; k < dimensions; k++) {
        columns.set(k, i - from, values[i * dimensions + k]);
      }
    }
    return columns;
  }

  void requireSameSpace(Features other) {
    MetricsException.require(
        dimensions == other.dimensions,
        "expected as many features of both, found " + dimensions + " and " + other.dimensions);
  }

  private static void requireFinite(float[] values, int dimensions) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new MetricsException(
            "sample "
                + i / dimensions
                + ", feature "
                + i % dimensions
                + ": expected a finite number, found "
                + values[i]);
      }
    }
  }
}
