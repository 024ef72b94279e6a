package org.sparring.regularizers;

import org.sparring.errors.RegularizerException;
import org.sparring.replicas.RandomRows;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * R1, a penalty on the gradient norm at real samples (Mescheder et al. 2018, arXiv 1801.04406,
 * equation 9): ½γ·E[‖∇D(x)‖²] over x ~ p_data.
 *
 * <p>A linear critic wᵀx has ½γ‖w‖²: 2.5 at γ = .2 and w = (3, 4).
 *
 * @param gamma γ, at least 0
 */
public record R1(float gamma) implements Penalty {
  public R1 {
    RegularizerException.requireCoefficient("gamma of R1", gamma);
  }

  @Override
  public Operand<TFloat32> of(
      Ops tf, Critic critic, Operand<TFloat32> reals, Operand<TFloat32> fakes, RandomRows random) {
    return Slopes.towardsZero(tf, critic, reals, gamma);
  }
}
