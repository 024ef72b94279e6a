package org.sparring.layers;

import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * Spectral normalisation (Miyato et al. 2018, arXiv 1802.05957, algorithm 1): W/σ with σ the
 * largest singular value of W flattened to (everything else, out).
 *
 * <p>v ← Wu/‖Wu‖, u ← Wᵀv/‖Wᵀv‖, σ = vᵀWu: one power iteration, starting from the u of the previous
 * step. Every forward pass computes the iteration, but only a pass that updates running statistics
 * stores the new u. Evaluations at the same weights therefore give the same result, and a step
 * updates u once, regardless of the number of its passes. The gradient is taken with respect to W
 * in vᵀWu; u and v count as constants (equation 10).
 *
 * @param kernel W, (…, in, out)
 * @param u u of the previous step, (1, out), with a norm other than 0
 */
record SpectralKernel(Variable<TFloat32> kernel, Variable<TFloat32> u) implements Kernel {
  /** Lower bound for a vector's length and for the spectral norm, against division by 0. */
  private static final float TINY = 1e-12f;

  @Override
  public Operand<TFloat32> at(Ops tf, Weights weights, Pass pass) {
    Operand<TFloat32> w = weights.get(kernel);
    int out = Math.toIntExact(u.shape().get(1));
    Operand<TFloat32> matrix = tf.reshape(w, tf.constant(new int[] {-1, out})); // (rows, out)
    Operand<TFloat32> still = tf.stopGradient(matrix);
    // vectors are rows, (1, rows) and (1, out)
    Operand<TFloat32> v =
        unit(tf, tf.linalg.matMul(weights.get(u), still, MatMul.transposeB(true)));
    Operand<TFloat32> moved = unit(tf, tf.linalg.matMul(v, still));
    if (pass.isRecording()) {
      pass.move(u, moved);
    }
    Operand<TFloat32> product = tf.math.mul(tf.linalg.matMul(v, matrix), moved);
    Operand<TFloat32> sigma = tf.sum(product, tf.constant(new int[] {0, 1}));
    return tf.math.div(w, tf.math.maximum(sigma, tf.constant(TINY)));
  }

  private static Operand<TFloat32> unit(Ops tf, Operand<TFloat32> row) {
    Operand<TFloat32> square = tf.sum(tf.math.square(row), tf.constant(new int[] {0, 1}));
    return tf.math.div(row, tf.math.maximum(tf.math.sqrt(square), tf.constant(TINY)));
  }
}
