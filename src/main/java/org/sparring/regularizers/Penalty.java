package org.sparring.regularizers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** A term of the discriminator's loss that depends on the gradient of the critic. */
@FunctionalInterface
public interface Penalty {

  /**
   * @param reals (batch, sample shape)
   * @param fakes generated samples, of the same shape
   * @param seed key of the random numbers, (2), int64
   * @return scalar, to be added to the discriminator's loss
   */
  Operand<TFloat32> of(
      Ops tf,
      Critic critic,
      Operand<TFloat32> reals,
      Operand<TFloat32> fakes,
      Operand<TInt64> seed);
}
