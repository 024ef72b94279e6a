package org.sparring.optimizers;

import org.sparring.errors.OptimizerException;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** A learning rate as a function of the number of updates of a player. */
@FunctionalInterface
public interface LearningRate {

  /**
   * Returns the learning rate of the next update, scalar.
   *
   * @param updates number of updates so far, scalar; 0 before the first
   */
  Operand<TFloat32> at(Ops tf, Operand<TInt64> updates);

  /** Returns a constant learning rate. */
  static LearningRate constant(float rate) {
    OptimizerException.require(
        rate > 0 && Float.isFinite(rate), "a learning rate must be positive, found " + rate);
    return (tf, updates) -> tf.constant(rate);
  }

  /**
   * Returns rate · max(0, 1 − t/T): linear decay from the full rate at t = 0 to 0 at t = T = {@code
   * length} updates.
   */
  static LearningRate linear(float rate, long length) {
    LearningRate full = constant(rate);
    requireLength(length);
    return (tf, updates) ->
        tf.math.mul(
            full.at(tf, updates), tf.math.sub(tf.constant(1f), progress(tf, updates, length)));
  }

  /**
   * Returns rate · ½(1 + cos(π t/T)), and 0 after T = {@code length} updates (Loshchilov and Hutter
   * 2017, equation 5).
   */
  static LearningRate cosine(float rate, long length) {
    LearningRate full = constant(rate);
    requireLength(length);
    return (tf, updates) -> {
      var angle = tf.math.mul(progress(tf, updates, length), tf.constant((float) Math.PI));
      var half = tf.math.mul(tf.constant(0.5f), tf.math.add(tf.constant(1f), tf.math.cos(angle)));
      return tf.math.mul(full.at(tf, updates), half);
    };
  }

  /** Returns t/T, at most 1. */
  private static Operand<TFloat32> progress(Ops tf, Operand<TInt64> updates, long length) {
    var fraction =
        tf.math.div(tf.dtypes.cast(updates, TFloat32.class), tf.constant((float) length));
    return tf.math.minimum(fraction, tf.constant(1f));
  }

  private static void requireLength(long length) {
    OptimizerException.require(
        length >= 1, "a schedule must last at least 1 update, found " + length);
  }
}
