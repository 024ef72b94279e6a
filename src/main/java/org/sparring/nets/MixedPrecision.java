package org.sparring.nets;

import org.sparring.graph.Variables;
import org.sparring.layers.Bfloat16;

/**
 * A pair that trains in mixed precision (Micikevicius et al. 2018, arXiv 1710.03740; with bfloat16,
 * Kalamkar et al. 2019, arXiv 1905.12322): the factors of products are bfloat16, which has the
 * exponents of float32 and needs no scaling of the loss. So are the activations, unless the form is
 * {@link Bfloat16#ROUNDED}.
 *
 * <p>Weights are stored in float32 and rounded where they are multiplied. The moments of batch
 * normalisation, spectral norms, images, logits, losses, optimizers and averages are float32 too.
 * Evaluations that are differentiated twice, and inference, use float32 only.
 *
 * @param pair in float32
 * @param bfloat16 how the device computes in bfloat16
 */
public record MixedPrecision(Architecture pair, Bfloat16 bfloat16) implements Architecture {

  /** TensorFlow's ops in bfloat16. */
  public MixedPrecision(Architecture pair) {
    this(pair, Bfloat16.NATIVE);
  }

  @Override
  public int latent() {
    return pair.latent();
  }

  @Override
  public DiscriminatorForm form() {
    return pair.form();
  }

  @Override
  public Generator generator(Variables variables) {
    return ChangedPasses.of(pair.generator(variables), pass -> pass.mixed(bfloat16));
  }

  @Override
  public Discriminator discriminator(Variables variables) {
    return ChangedPasses.of(pair.discriminator(variables), pass -> pass.mixed(bfloat16));
  }
}
