package org.sparring.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The terms that the losses of Goodfellow et al. 2014 are made of. */
final class CrossEntropy {
  private static final int[] BATCH = {0, 1};

  private CrossEntropy() {}

  /** E[−log D] = mean softplus(−logit). */
  static Operand<TFloat32> calledReal(Ops tf, Operand<TFloat32> logits) {
    return tf.math.mean(tf.math.softplus(tf.math.neg(logits)), tf.constant(BATCH));
  }

  /** E[−log(1 − D)] = mean softplus(logit). */
  static Operand<TFloat32> calledFake(Ops tf, Operand<TFloat32> logits) {
    return tf.math.mean(tf.math.softplus(logits), tf.constant(BATCH));
  }

  /** E[−log D(x)] + E[−log(1 − D(G(z)))], or half of it. */
  static Operand<TFloat32> discriminator(
      Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake, boolean halved) {
    Operand<TFloat32> sum = tf.math.add(calledReal(tf, real), calledFake(tf, fake));
    return halved ? tf.math.mul(sum, tf.constant(0.5f)) : sum;
  }
}
