package org.sparring.regularizers;

import org.sparring.replicas.RandomRows;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A term of the discriminator's loss that depends on the gradient of the critic. */
@FunctionalInterface
public interface Penalty {

  /**
   * @param reals (batch, sample shape)
   * @param fakes generated samples, of the same shape
   * @param random random numbers, used by some penalties
   * @return scalar, to be added to the discriminator's loss
   */
  Operand<TFloat32> of(
      Ops tf, Critic critic, Operand<TFloat32> reals, Operand<TFloat32> fakes, RandomRows random);
}
