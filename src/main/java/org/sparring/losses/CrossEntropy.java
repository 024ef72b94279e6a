package org.sparring.losses;

import org.sparring.errors.LossException;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Cross-entropy terms of the losses of Goodfellow et al. 2014. */
final class CrossEntropy {
  private CrossEntropy() {}

  /** Returns E[−log D] = mean softplus(−logit): the loss for samples labelled real. */
  static Operand<TFloat32> calledReal(Ops tf, Operand<TFloat32> logits) {
    return Expectation.of(tf, tf.math.softplus(tf.math.neg(logits)));
  }

  /** Returns E[−log(1 − D)] = mean softplus(logit): the loss for samples labelled generated. */
  static Operand<TFloat32> calledFake(Ops tf, Operand<TFloat32> logits) {
    return Expectation.of(tf, tf.math.softplus(logits));
  }

  /**
   * Returns E[−(1 − α) log D(x) − α log(1 − D(x))] + E[−log(1 − D(G(z)))], or half of it if {@code
   * halved}.
   *
   * @param smoothing α in [0, 1)
   */
  static Operand<TFloat32> discriminator(
      Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake, boolean halved, float smoothing) {
    Operand<TFloat32> sum = tf.math.add(smoothedReal(tf, real, smoothing), calledFake(tf, fake));
    return halved ? tf.math.mul(sum, tf.constant(0.5f)) : sum;
  }

  static void requireSmoothing(float smoothing) {
    LossException.require(
        smoothing >= 0 && smoothing < 1,
        "label smoothing must be at least 0 and below 1, found " + smoothing);
  }

  private static Operand<TFloat32> smoothedReal(Ops tf, Operand<TFloat32> real, float smoothing) {
    if (smoothing == 0) {
      return calledReal(tf, real);
    }
    return tf.math.add(
        tf.math.mul(tf.constant(1 - smoothing), calledReal(tf, real)),
        tf.math.mul(tf.constant(smoothing), calledFake(tf, real)));
  }
}
