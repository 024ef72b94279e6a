package org.sparring.games;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Averages gradients over the replicas of a training run. Each replica computes the gradients of
 * its own minibatch; the mean over all replicas is the gradient of the whole one.
 */
@FunctionalInterface
public interface GradientExchange {
  /** One device: gradients stay as they are. */
  GradientExchange NONE = (tf, own) -> own;

  /**
   * The mean over all replicas.
   *
   * @param own gradients of this replica, in the order of the player's variables; every replica
   *     calls this in the same order
   * @return as many, in the same shapes
   */
  List<Operand<TFloat32>> mean(Ops tf, List<Operand<TFloat32>> own);
}
