package org.sparring.optimizers;

import org.sparring.errors.OptimizerException;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Clips a player's weights to [−c, c] after each of its updates (Arjovsky et al. 2017, arXiv
 * 1701.07875, algorithm 1, where c is .01): a simple way to bound the gradient of a critic.
 *
 * @param bound c, positive
 */
public record WeightClip(float bound) {
  public WeightClip {
    OptimizerException.require(
        bound > 0 && Float.isFinite(bound), "a clip's bound must be positive, found " + bound);
  }

  /** Returns the weights clipped to [−c, c]. */
  public Operand<TFloat32> of(Ops tf, Operand<TFloat32> weights) {
    return tf.clipByValue(weights, tf.constant(-bound), tf.constant(bound));
  }
}
