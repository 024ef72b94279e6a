package org.sparring.regularizers;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Shapes with the batch size of given samples, which may be unknown while the graph is built. */
final class BatchShape {
  private BatchShape() {}

  /** Returns the shape (batch, rest), where {@code rest} may contain one −1. */
  static Operand<TInt32> shape(Ops tf, Operand<TFloat32> samples, int... rest) {
    return tf.concat(List.of(size(tf, samples), tf.constant(rest)), tf.constant(0));
  }

  /**
   * Returns the shape (batch, 1, …, 1) for one number per sample, which broadcasts over the
   * sample's axes.
   */
  static Operand<TInt32> ofNumbers(Ops tf, Operand<TFloat32> samples) {
    int[] ones = new int[samples.shape().numDimensions() - 1];
    Arrays.fill(ones, 1);
    return shape(tf, samples, ones);
  }

  /** Returns the batch size, (1). */
  private static Operand<TInt32> size(Ops tf, Operand<TFloat32> samples) {
    long size = samples.shape().get(0);
    return size == Shape.UNKNOWN_SIZE
        ? tf.shape.size(tf.shape(samples), tf.constant(0))
        : tf.constant(new int[] {Math.toIntExact(size)});
  }
}
