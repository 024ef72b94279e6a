package org.sparring.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Least squares on the raw logits (Mao et al. 2017, arXiv 1611.04076, equation 9: targets 0 for
 * generated samples, 1 for real ones and for the generator's loss).
 *
 * <p>Discriminator: ½·E[(D(x) − 1)²] + ½·E[D(G(z))²]. Generator: ½·E[(D(G(z)) − 1)²]. The gradient
 * per logit is its distance to the target: a sample classified correctly but far beyond its target
 * is pulled back.
 *
 * <p>At logits 0 both losses are ½.
 */
public record LeastSquares() implements AdversarialLoss {
  @Override
  public Operand<TFloat32> discriminator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    return tf.math.add(halfSquare(tf, missing(tf, real)), halfSquare(tf, fake));
  }

  @Override
  public Operand<TFloat32> generator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    return halfSquare(tf, missing(tf, fake));
  }

  @Override
  public boolean isMeanOverSamples() {
    return true;
  }

  private static Operand<TFloat32> missing(Ops tf, Operand<TFloat32> logits) {
    return tf.math.sub(logits, tf.constant(1f));
  }

  private static Operand<TFloat32> halfSquare(Ops tf, Operand<TFloat32> distances) {
    return tf.math.mul(tf.constant(0.5f), Expectation.of(tf, tf.math.square(distances)));
  }
}
