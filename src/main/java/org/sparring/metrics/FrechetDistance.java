package org.sparring.metrics;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.sparring.errors.MetricsException;

/**
 * The Fréchet distance of two Gaussians (Dowson and Landau 1982, equation 16; Heusel et al. 2017,
 * arXiv 1706.08500, equation 6), squared as the field reports it:
 *
 * <p>d² = ‖μ₁ − μ₂‖² + tr Σ₁ + tr Σ₂ − 2 tr (Σ₁^½ Σ₂ Σ₁^½)^½
 *
 * <p>The square root is computed from a symmetric matrix, so its eigenvalues are real: there are no
 * complex parts to drop, and the diagonal needs no offset. With Σ₁ = VΛVᵀ this matrix is Λ^½ Vᵀ Σ₂
 * V Λ^½; columns of V with eigenvalue 0 are left out. A covariance of fewer than d + 1 samples does
 * not have full rank; the distance is still defined, and the ranks are reported.
 *
 * <p>N(0, 1) and N(3, 2²): 9 + 1 + 4 − 2·2 = 10.
 *
 * <p>An instance keeps the eigenvectors of the reference, so that comparing many distributions with
 * it is cheap.
 */
public final class FrechetDistance {
  /**
   * The distance from 1 to the next float64, ε. Eigenvalues below d·ε·λ_max are rounding errors and
   * count as 0.
   */
  private static final double EPSILON = Math.ulp(1.0);

  private final double[] mean;
  private final double trace;
  private final int rank;

  /** V Λ^½, restricted to the eigenvalues above the rounding threshold, (d, rank). */
  private final DMatrixRMaj root;

  /**
   * The distance and its parts.
   *
   * @param value d², 0 or more
   * @param means ‖μ₁ − μ₂‖²
   * @param covariances tr Σ₁ + tr Σ₂ − 2 tr (Σ₁^½ Σ₂ Σ₁^½)^½
   * @param dimensions d
   * @param referenceRank of Σ₁, at most d
   * @param rank of Σ₂
   */
  public record Score(
      double value, double means, double covariances, int dimensions, int referenceRank, int rank) {

    /** Returns whether both covariances have full rank. */
    public boolean fullRank() {
      return referenceRank == dimensions && rank == dimensions;
    }
  }

  /**
   * @param reference moments of at least 2 samples; later changes to them have no effect
   */
  public FrechetDistance(Moments reference) {
    DMatrixRMaj covariance = reference.covarianceMatrix();
    mean = reference.mean();
    trace = CommonOps_DDRM.trace(covariance);
    EigenDecomposition_F64<DMatrixRMaj> eigen = decompose(covariance, true);
    rank = rank(eigen);
    root = root(eigen);
  }

  /** Returns the score of two sets of moments. */
  public static Score between(Moments reference, Moments other) {
    return new FrechetDistance(reference).to(other);
  }

  /** Returns d² only. Computing the rank of the other covariance as well would double the cost. */
  public double value(Moments other) {
    requireDimensions(other);
    DMatrixRMaj covariance = other.covarianceMatrix();
    double traces = trace + CommonOps_DDRM.trace(covariance);
    return Math.max(0, squaredDistance(other.mean()) + traces - 2 * traceOfRoot(covariance));
  }

  /**
   * Returns the score of a distribution.
   *
   * @param other moments of at least 2 samples, with the dimensions of the reference
   */
  public Score to(Moments other) {
    requireDimensions(other);
    double means = squaredDistance(other.mean());
    DMatrixRMaj covariance = other.covarianceMatrix();
    double traces = trace + CommonOps_DDRM.trace(covariance);
    double covariances = traces - 2 * traceOfRoot(covariance);
    int otherRank = rank(decompose(covariance, false));
    // rounding can make a distance of 0 slightly negative
    double value = Math.max(0, means + covariances);
    return new Score(value, means, covariances, mean.length, rank, otherRank);
  }

  /** Returns tr (Σ₁^½ Σ₂ Σ₁^½)^½, the sum of the square roots of the eigenvalues. */
  private double traceOfRoot(DMatrixRMaj covariance) {
    if (rank == 0) {
      return 0;
    }
    DMatrixRMaj half = new DMatrixRMaj(root.numRows, rank);
    CommonOps_DDRM.mult(covariance, root, half); // Σ₂ V Λ^½
    DMatrixRMaj product = new DMatrixRMaj(rank, rank);
    CommonOps_DDRM.multTransA(root, half, product);
    symmetrize(product);
    EigenDecomposition_F64<DMatrixRMaj> eigen = decompose(product, false);
    double sum = 0;
    for (int k = 0; k < rank; k++) {
      sum += Math.sqrt(Math.max(0, eigen.getEigenvalue(k).getReal()));
    }
    return sum;
  }

  private DMatrixRMaj root(EigenDecomposition_F64<DMatrixRMaj> eigen) {
    DMatrixRMaj columns = new DMatrixRMaj(mean.length, rank);
    double threshold = threshold(eigen);
    int column = 0;
    for (int k = 0; k < mean.length; k++) {
      double value = eigen.getEigenvalue(k).getReal();
      if (value > threshold) {
        DMatrixRMaj vector = eigen.getEigenVector(k);
        CommonOps_DDRM.scale(Math.sqrt(value), vector);
        CommonOps_DDRM.insert(vector, columns, 0, column++);
      }
    }
    return columns;
  }

  private static int rank(EigenDecomposition_F64<DMatrixRMaj> eigen) {
    double threshold = threshold(eigen);
    int rank = 0;
    for (int k = 0; k < eigen.getNumberOfEigenvalues(); k++) {
      rank += eigen.getEigenvalue(k).getReal() > threshold ? 1 : 0;
    }
    return rank;
  }

  private static double threshold(EigenDecomposition_F64<DMatrixRMaj> eigen) {
    double largest = 0;
    for (int k = 0; k < eigen.getNumberOfEigenvalues(); k++) {
      largest = Math.max(largest, eigen.getEigenvalue(k).getReal());
    }
    return eigen.getNumberOfEigenvalues() * EPSILON * largest;
  }

  private static EigenDecomposition_F64<DMatrixRMaj> decompose(
      DMatrixRMaj symmetric, boolean vectors) {
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(symmetric.numRows, vectors, true);
    MetricsException.require(
        eigen.decompose(new DMatrixRMaj(symmetric)),
        "the eigenvalues of a covariance did not converge: are its numbers of a sane size?");
    return eigen;
  }

  private static void symmetrize(DMatrixRMaj matrix) {
    DMatrixRMaj transposed = CommonOps_DDRM.transpose(matrix, null);
    CommonOps_DDRM.addEquals(matrix, transposed);
    CommonOps_DDRM.scale(0.5, matrix);
  }

  private void requireDimensions(Moments other) {
    MetricsException.require(
        other.dimensions() == mean.length,
        "expected moments of " + mean.length + " dimensions, found " + other.dimensions());
  }

  private double squaredDistance(double[] other) {
    return Points.squaredDistance(mean, other);
  }
}
