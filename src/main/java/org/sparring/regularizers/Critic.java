package org.sparring.regularizers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A discriminator with fixed weights, as a function of samples. */
@FunctionalInterface
public interface Critic {

  /**
   * @param samples (batch, sample shape)
   * @return logits, (n, 1): n is the batch, or batch/k where k consecutive samples are judged as a
   *     pack
   */
  Operand<TFloat32> judge(Ops tf, Operand<TFloat32> samples);
}
