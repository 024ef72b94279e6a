package org.sparring.nets;

import java.util.List;
import org.sparring.graph.Batch;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.layers.Bfloat16;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

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
    return new MixedGenerator(pair.generator(variables), bfloat16);
  }

  @Override
  public Discriminator discriminator(Variables variables) {
    return new MixedDiscriminator(pair.discriminator(variables), bfloat16);
  }

  private record MixedGenerator(Generator inner, Bfloat16 form) implements Generator {
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
      return inner.generate(tf, weights, inputs, pass.mixed(form));
    }
  }

  private record MixedDiscriminator(Discriminator inner, Bfloat16 form) implements Discriminator {
    @Override
    public List<Variable<TFloat32>> variables() {
      return inner.variables();
    }

    @Override
    public Judgement judgement(
        Ops tf, Weights weights, Operand<TFloat32> samples, Batch conditions, Pass pass) {
      return inner.judgement(tf, weights, samples, conditions, pass.mixed(form));
    }
  }
}
