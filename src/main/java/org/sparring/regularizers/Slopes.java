package org.sparring.regularizers;

import java.util.List;
import org.sparring.graph.Gradients;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Computes ‖∇D(x)‖ of a critic at given samples: for each logit, over all axes of its input. */
final class Slopes {
  /**
   * Lower bound of a squared norm. Below it the gradient is 0; without it the square root would
   * have an infinite gradient at 0.
   */
  private static final float TINY = 1e-24f;

  private static final int[] VALUES = {1};
  private static final int[] ROWS = {0};
  private static final int[] ALL = {0, 1};

  private Slopes() {}

  /** Returns ½·weight·E[‖∇D(x)‖²], scalar: pulls gradient norms to 0. */
  static Operand<TFloat32> towardsZero(
      Ops tf, Critic critic, Operand<TFloat32> samples, float weight) {
    Operand<TFloat32> mean = tf.math.mean(squares(tf, critic, samples), tf.constant(ROWS));
    return tf.math.mul(tf.constant(0.5f * weight), mean);
  }

  /** Returns weight·E[(‖∇D(x)‖ − 1)²], scalar: pulls gradient norms to 1. */
  static Operand<TFloat32> towardsOne(
      Ops tf, Critic critic, Operand<TFloat32> samples, float weight) {
    Operand<TFloat32> squares = tf.math.maximum(squares(tf, critic, samples), tf.constant(TINY));
    Operand<TFloat32> beyond = tf.math.sub(tf.math.sqrt(squares), tf.constant(1f));
    Operand<TFloat32> mean = tf.math.mean(tf.math.square(beyond), tf.constant(ROWS));
    return tf.math.mul(tf.constant(weight), mean);
  }

  /** ‖∇D(x)‖² for each logit, (n). */
  private static Operand<TFloat32> squares(Ops tf, Critic critic, Operand<TFloat32> samples) {
    // a separate tensor: the critic's weights may result from a step on these same samples, and ∇D
    // must treat the weights as constants
    Operand<TFloat32> x = tf.identity(samples);
    Operand<TFloat32> logits = critic.judge(tf, x);
    Operand<TFloat32> sum = tf.sum(logits, tf.constant(ALL));
    // each sample affects only its own logit, so the gradient of the sum contains every sample's
    // gradient; with batch normalisation a sample also affects the other logits, and this is the
    // gradient of their sum
    Operand<TFloat32> gradient = Gradients.of(tf, sum, List.of(x)).get(0);
    // (batch, sample shape) → (n, values of a sample or of a pack)
    Operand<TFloat32> rows = tf.reshape(gradient, BatchShape.shape(tf, logits, -1));
    return tf.sum(tf.math.square(rows), tf.constant(VALUES));
  }
}
