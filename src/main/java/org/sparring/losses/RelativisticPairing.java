package org.sparring.losses;

import org.sparring.errors.LossException;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * RpGAN: the logit of each generated sample is compared with the logit of the real sample at the
 * same index (Jolicoeur-Martineau 2018, arXiv 1807.00734, equations 3 and 4; Sun et al. 2020, arXiv
 * 2011.04926; R3GAN, Huang et al. 2024, arXiv 2501.05441, equation 2).
 *
 * <p>Discriminator: E[softplus(−(D(x) − D(G(z))))]. Generator: E[softplus(−(D(G(z)) − D(x)))]. Both
 * are unchanged if a constant is added to all logits.
 *
 * <p>At logits 0 both losses are log 2 ≈ 0.693147.
 */
public record RelativisticPairing() implements AdversarialLoss {
  @Override
  public Operand<TFloat32> discriminator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    return CrossEntropy.calledReal(tf, lead(tf, real, fake));
  }

  @Override
  public Operand<TFloat32> generator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    return CrossEntropy.calledReal(tf, lead(tf, fake, real));
  }

  @Override
  public boolean generatorNeedsReal() {
    return true;
  }

  @Override
  public boolean isMeanOverSamples() {
    return true;
  }

  /** Returns a − b for each pair, (batch, 1). */
  private static Operand<TFloat32> lead(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    Shape of = a.shape();
    Shape against = b.shape();
    LossException.require(
        of.isCompatibleWith(against),
        "pairing needs as many real logits as generated ones, found " + of + " and " + against);
    return tf.math.sub(a, b);
  }
}
