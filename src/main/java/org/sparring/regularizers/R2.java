package org.sparring.regularizers;

import org.sparring.errors.RegularizerException;
import org.sparring.replicas.RandomRows;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * R2, a penalty on the gradient norm at generated samples (Mescheder et al. 2018, arXiv 1801.04406,
 * equation 10): ½γ·E[‖∇D(x)‖²] over x ~ p_g.
 *
 * @param gamma γ, at least 0
 */
public record R2(float gamma) implements Penalty {
  public R2 {
    RegularizerException.requireCoefficient("gamma of R2", gamma);
  }

  @Override
  public Operand<TFloat32> of(
      Ops tf, Critic critic, Operand<TFloat32> reals, Operand<TFloat32> fakes, RandomRows random) {
    return Slopes.towardsZero(tf, critic, fakes, gamma);
  }
}
