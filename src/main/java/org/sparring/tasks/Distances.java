package org.sparring.tasks;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/** Euclidean distances between the samples of batches, each taken as one long vector. */
final class Distances {
  private static final float FAR = 1e18f;

  private Distances() {}

  /** (n, d), (m, d) → (n, m), by ‖a − b‖² = ‖a‖² + ‖b‖² − 2⟨a, b⟩. */
  static Operand<TFloat32> between(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    Operand<TFloat32> products = tf.linalg.matMul(a, b, MatMul.transposeB(true));
    Operand<TFloat32> squares =
        tf.math.sub(
            tf.math.add(
                squares(tf, a), tf.linalg.transpose(squares(tf, b), tf.constant(new int[] {1, 0}))),
            tf.math.mul(tf.constant(2f), products));
    // rounding may leave a little below zero
    return tf.math.sqrt(tf.math.maximum(squares, tf.constant(0f)));
  }

  /** Mean over all pairs of two different samples, scalar. */
  static Operand<TFloat32> meanPairwise(Ops tf, Operand<TFloat32> samples) {
    float n = samples.shape().get(0);
    Operand<TFloat32> all = between(tf, samples, samples);
    // the diagonal is zero but for rounding
    Operand<TFloat32> others = tf.math.mul(all, tf.math.sub(tf.constant(1f), eye(tf, (int) n)));
    return tf.math.div(tf.sum(others, tf.constant(new int[] {0, 1})), tf.constant(n * (n - 1)));
  }

  /** Mean distance of a sample from the nearest of the others, scalar. */
  static Operand<TFloat32> meanNearestOther(Ops tf, Operand<TFloat32> samples) {
    int n = (int) samples.shape().get(0);
    Operand<TFloat32> itself = tf.math.mul(eye(tf, n), tf.constant(FAR));
    return meanOfNearest(tf, tf.math.add(between(tf, samples, samples), itself));
  }

  /** Mean distance of a from the nearest b, scalar. */
  static Operand<TFloat32> meanNearest(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    return meanOfNearest(tf, between(tf, a, b));
  }

  private static Operand<TFloat32> meanOfNearest(Ops tf, Operand<TFloat32> distances) {
    return tf.math.mean(tf.min(distances, tf.constant(1)), tf.constant(0));
  }

  private static Operand<TFloat32> squares(Ops tf, Operand<TFloat32> x) {
    return tf.sum(tf.math.square(x), tf.constant(1), Sum.keepDims(true)); // (n, 1)
  }

  private static Operand<TFloat32> eye(Ops tf, int n) {
    float[][] eye = new float[n][n];
    for (int i = 0; i < n; i++) {
      eye[i][i] = 1;
    }
    return tf.constant(eye);
  }
}
