package org.sparring.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * RaGAN: the logit of each sample is compared with the mean logit of the other kind (real or
 * generated) (Jolicoeur-Martineau 2018, arXiv 1807.00734, section 4.2).
 *
 * <p>With r = D(x), f = D(G(z)) and bars for means over the batch, discriminator: −E[log σ(r − f̄)]
 * − E[log(1 − σ(f − r̄))]. Generator: the same with r and f exchanged. Both are unchanged if a
 * constant is added to all logits; neither is a mean over per-sample losses.
 *
 * <p>At logits 0 both losses are 2·log 2 ≈ 1.386294.
 */
public record RelativisticAverage() implements AdversarialLoss {
  @Override
  public Operand<TFloat32> discriminator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    return tf.math.add(
        CrossEntropy.calledReal(tf, aboveMean(tf, real, fake)),
        CrossEntropy.calledFake(tf, aboveMean(tf, fake, real)));
  }

  @Override
  public Operand<TFloat32> generator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    return discriminator(tf, fake, real);
  }

  @Override
  public boolean generatorNeedsReal() {
    return true;
  }

  private static Operand<TFloat32> aboveMean(
      Ops tf, Operand<TFloat32> logits, Operand<TFloat32> others) {
    return tf.math.sub(logits, Expectation.of(tf, others));
  }
}
