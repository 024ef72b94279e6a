package org.sparring.regularizers;

import org.sparring.errors.RegularizerException;
import org.sparring.replicas.RandomRows;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * WGAN-GP, a penalty on the gradient norm between real and generated samples (Gulrajani et al.
 * 2017, arXiv 1704.00028, equation 3): λ·E[(‖∇D(x̂)‖ − 1)²] at x̂ = εx + (1 − ε)G(z), ε ~ U(0, 1)
 * drawn once per sample.
 *
 * <p>The norm is over all axes of a sample (of a pack, where the critic judges packs). A linear
 * critic wᵀx has λ(‖w‖ − 1)²: 160 at λ = 10 and w = (3, 4).
 *
 * @param lambda λ, at least 0; the paper uses 10
 */
public record GradientPenalty(float lambda) implements Penalty {
  public GradientPenalty {
    RegularizerException.requireCoefficient("lambda of the gradient penalty", lambda);
  }

  @Override
  public Operand<TFloat32> of(
      Ops tf, Critic critic, Operand<TFloat32> reals, Operand<TFloat32> fakes, RandomRows random) {
    Operand<TFloat32> epsilon = random.uniform(tf, BatchShape.ofNumbers(tf, reals));
    // fake + ε(real − fake)
    Operand<TFloat32> between = tf.math.add(fakes, tf.math.mul(epsilon, tf.math.sub(reals, fakes)));
    return Slopes.towardsOne(tf, critic, between, lambda);
  }
}
