package org.sparring.optimizers;

import org.sparring.errors.OptimizerException;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * After each of its moves a player's weights are cut to [−c, c] (Arjovsky et al. 2017, arXiv
 * 1701.07875, algorithm 1, where c is .01): the crude way to keep a critic's slope bounded.
 *
 * @param bound c, positive
 */
public record WeightClip(float bound) {
  public WeightClip {
    OptimizerException.require(
        bound > 0 && Float.isFinite(bound), "a clip's bound must be positive, found " + bound);
  }

  /** Each value, or the nearer end of [−c, c]. */
  public Operand<TFloat32> of(Ops tf, Operand<TFloat32> weights) {
    return tf.clipByValue(weights, tf.constant(-bound), tf.constant(bound));
  }
}
