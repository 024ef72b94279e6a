package org.sparring.regularizers;

import org.sparring.errors.RegularizerException;
import org.sparring.replicas.RandomRows;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * DRAGAN, a penalty on the gradient norm near real samples (Kodali et al. 2017, arXiv 1705.07215,
 * section 2.4): λ·E[(‖∇D(x + δ)‖ − 1)²] with δ ~ N(0, c·I), drawn independently for every element.
 *
 * @param lambda λ, at least 0; the paper uses 10
 * @param c variance of δ, at least 0; its standard deviation is √c
 */
public record Dragan(float lambda, float c) implements Penalty {
  public Dragan {
    RegularizerException.requireCoefficient("lambda of DRAGAN", lambda);
    RegularizerException.requireCoefficient("c of DRAGAN", c);
  }

  @Override
  public Operand<TFloat32> of(
      Ops tf, Critic critic, Operand<TFloat32> reals, Operand<TFloat32> fakes, RandomRows random) {
    Operand<TFloat32> noise = random.normal(tf, tf.shape(reals));
    Operand<TFloat32> delta = tf.math.mul(tf.constant((float) Math.sqrt(c)), noise);
    return Slopes.towardsOne(tf, critic, tf.math.add(reals, delta), lambda);
  }
}
