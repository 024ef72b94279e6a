package org.sparring.nets;

import java.util.List;
import org.sparring.graph.Batch;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A pair that trains in mixed precision (Micikevicius et al. 2018, arXiv 1710.03740; with bfloat16,
 * Kalamkar et al. 2019, arXiv 1905.12322): products and activations in bfloat16, which has the
 * exponents of float32 and needs no scaling of the loss.
 *
 * <p>Weights are stored in float32 and rounded where they are multiplied. The moments of batch
 * normalisation, spectral norms, images, logits, losses, optimizers and averages are float32 too.
 * Evaluations that are differentiated twice, and inference, use float32 only.
 *
 * @param pair in float32
 * @param kernelProducts whether kernel gradients are products of matrices where these are faster on
 *     a CPU
 */
public record MixedPrecision(Architecture pair, boolean kernelProducts) implements Architecture {

  /** TensorFlow's own kernel gradients. */
  public MixedPrecision(Architecture pair) {
    this(pair, false);
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
    return new MixedGenerator(pair.generator(variables), kernelProducts);
  }

  @Override
  public Discriminator discriminator(Variables variables) {
    return new MixedDiscriminator(pair.discriminator(variables), kernelProducts);
  }

  private static Pass mixed(Pass pass, boolean products) {
    return products ? pass.mixed().withKernelProducts() : pass.mixed();
  }

  private record MixedGenerator(Generator inner, boolean products) implements Generator {
    @Override
    public List<Input> inputs() {
      return inner.inputs();
    }

    @Override
    public Shape sampleShape() {
      return inner.sampleShape();
    }

    @Override
    public List<Variable<TFloat32>> variables() {
      return inner.variables();
    }

    @Override
    public Operand<TFloat32> generate(Ops tf, Weights weights, Batch inputs, Pass pass) {
      return inner.generate(tf, weights, inputs, mixed(pass, products));
    }
  }

  private record MixedDiscriminator(Discriminator inner, boolean products)
      implements Discriminator {
    @Override
    public List<Variable<TFloat32>> variables() {
      return inner.variables();
    }

    @Override
    public Judgement judgement(
        Ops tf, Weights weights, Operand<TFloat32> samples, Batch conditions, Pass pass) {
      return inner.judgement(tf, weights, samples, conditions, mixed(pass, products));
    }
  }
}
