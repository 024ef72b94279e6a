package org.sparring.games;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Averages gradients over the replicas of a training run. Each replica computes the gradients of
 * its own minibatch; the mean over all replicas is the gradient of the whole minibatch.
 */
@FunctionalInterface
public interface GradientExchange {
  /** The exchange for one device, which returns the gradients unchanged. */
  GradientExchange NONE = (tf, own) -> own;

  /**
   * Returns the mean gradients over all replicas, in the same order and shapes.
   *
   * @param own gradients of this replica, in the order of the player's variables; every replica
   *     makes the calls in the same order
   */
  List<Operand<TFloat32>> mean(Ops tf, List<Operand<TFloat32>> own);
}
