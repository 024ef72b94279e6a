package org.sparring.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** E[·] in the equations: the mean over a minibatch. */
final class Expectation {
  private static final int[] BATCH = {0, 1};

  private Expectation() {}

  /** (batch, 1) → scalar. */
  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> values) {
    return tf.math.mean(values, tf.constant(BATCH));
  }
}
