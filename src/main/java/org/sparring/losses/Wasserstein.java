package org.sparring.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The dual of the Wasserstein-1 distance (Arjovsky et al. 2017, arXiv 1701.07875, equation 2), with
 * the logit as the critic's value.
 *
 * <p>Discriminator: −(E[D(x)] − E[D(G(z))]). Generator: −E[D(G(z))]. The distance is the maximum of
 * E[D(x)] − E[D(G(z))] over critics with Lipschitz constant 1. This loss does not bound the critic
 * itself: combine it with a gradient penalty, clipping or spectral normalisation.
 *
 * <p>At logits 0 both losses are 0.
 */
public record Wasserstein() implements AdversarialLoss {
  @Override
  public Operand<TFloat32> discriminator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    return tf.math.sub(Expectation.of(tf, fake), Expectation.of(tf, real));
  }

  @Override
  public Operand<TFloat32> generator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    return tf.math.neg(Expectation.of(tf, fake));
  }

  @Override
  public boolean isMeanOverSamples() {
    return true;
  }
}
