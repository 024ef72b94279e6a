package org.sparring.optimizers;

import org.sparring.errors.OptimizerException;
import org.sparring.graph.Host;
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
   * @param updates number of updates so far, scalar, on the host; 0 before the first
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
    return (tf, updates) -> {
      Ops host = Host.of(tf);
      var left = host.math.sub(host.constant(1f), progress(host, updates, length));
      return host.math.mul(full.at(host, updates), left);
    };
  }

  /**
   * Returns the full rate for the first half of {@code length} updates, and then linear decay to 0
   * (Zhu et al. 2017, section 4).
   */
  static LearningRate constantThenLinear(float rate, long length) {
    long held = length / 2;
    LearningRate falling = linear(rate, length - held);
    return held == 0 ? falling : falling.after(constant(rate), held);
  }

  /**
   * Returns rate · ½(1 + cos(π t/T)), and 0 after T = {@code length} updates (Loshchilov and Hutter
   * 2017, equation 5).
   */
  static LearningRate cosine(float rate, long length) {
    LearningRate full = constant(rate);
    requireLength(length);
    return (tf, updates) -> {
      Ops host = Host.of(tf);
      var angle = host.math.mul(progress(host, updates, length), host.constant((float) Math.PI));
      var raised = host.math.add(host.constant(1f), host.math.cos(angle));
      var half = host.math.mul(host.constant(0.5f), raised);
      return host.math.mul(full.at(host, updates), half);
    };
  }

  /**
   * Returns another rate for the first updates, and then this one with its updates counted from
   * there on.
   *
   * @param first rate of the first {@code length} updates
   */
  default LearningRate after(LearningRate first, long length) {
    requireLength(length);
    return (tf, updates) -> {
      Ops host = Host.of(tf);
      var since = host.math.sub(updates, host.constant(length));
      var isFirst = host.math.less(since, host.constant(0L));
      var counted = host.math.maximum(since, host.constant(0L));
      return host.select(isFirst, first.at(host, updates), at(host, counted));
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
