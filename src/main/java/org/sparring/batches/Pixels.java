package org.sparring.batches;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** Between pixels as they are stored and pixels as networks see them. */
final class Pixels {
  private Pixels() {}

  /** 0 … 255 → [−1, 1]; 0 is −1 and 255 is 1. */
  static Operand<TFloat32> signed(Ops tf, Operand<TUint8> pixels) {
    Operand<TFloat32> values = tf.dtypes.cast(pixels, TFloat32.class);
    return tf.math.sub(tf.math.mul(values, tf.constant(2f / 255f)), tf.constant(1f));
  }
}
