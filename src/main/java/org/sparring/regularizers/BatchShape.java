package org.sparring.regularizers;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The first axis of samples, which may be unknown while building. */
final class BatchShape {
  private BatchShape() {}

  /** The shape (batch, rest), where the rest may hold one −1. */
  static Operand<TInt32> shape(Ops tf, Operand<TFloat32> samples, int... rest) {
    return tf.concat(List.of(size(tf, samples), tf.constant(rest)), tf.constant(0));
  }

  /** The shape (batch, 1, …, 1): one number a sample, to be broadcast over the sample's axes. */
  static Operand<TInt32> ofNumbers(Ops tf, Operand<TFloat32> samples) {
    int[] ones = new int[samples.shape().numDimensions() - 1];
    Arrays.fill(ones, 1);
    return shape(tf, samples, ones);
  }

  /** (1). */
  private static Operand<TInt32> size(Ops tf, Operand<TFloat32> samples) {
    long size = samples.shape().get(0);
    return size == Shape.UNKNOWN_SIZE
        ? tf.shape.size(tf.shape(samples), tf.constant(0))
        : tf.constant(new int[] {Math.toIntExact(size)});
  }
}
