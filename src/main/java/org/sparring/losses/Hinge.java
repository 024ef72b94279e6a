package org.sparring.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The hinge loss (Lim and Ye 2017, arXiv 1705.02894; Miyato et al. 2018, arXiv 1802.05957,
 * equations 16 and 17).
 *
 * <p>Discriminator: E[max(0, 1 − D(x))] + E[max(0, 1 + D(G(z)))]: samples beyond the margin have no
 * gradient. Generator: −E[D(G(z))].
 *
 * <p>At logits 0 the discriminator's loss is 2 and the generator's 0.
 */
public record Hinge() implements AdversarialLoss {
  @Override
  public Operand<TFloat32> discriminator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    return tf.math.add(withinMargin(tf, tf.math.neg(real)), withinMargin(tf, fake));
  }

  @Override
  public Operand<TFloat32> generator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    return tf.math.neg(Expectation.of(tf, fake));
  }

  @Override
  public boolean isMeanOverSamples() {
    return true;
  }

  /** E[max(0, 1 + a)]. */
  private static Operand<TFloat32> withinMargin(Ops tf, Operand<TFloat32> logits) {
    return Expectation.of(tf, tf.nn.relu(tf.math.add(tf.constant(1f), logits)));
  }
}
