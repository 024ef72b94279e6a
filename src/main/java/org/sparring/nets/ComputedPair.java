package org.sparring.nets;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.sparring.graph.Batch;
import org.sparring.graph.StridedSize;
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
 * A pair that trains in another arithmetic. Evaluations that are differentiated twice, and
 * inference, use TensorFlow's ops in float32.
 *
 * @param pair in float32 by TensorFlow's ops
 * @param arithmetic changes the passes that the networks see
 */
public record ComputedPair(Architecture pair, UnaryOperator<Pass> arithmetic)
    implements Architecture {

  /**
   * Mixed precision (Micikevicius et al. 2018, arXiv 1710.03740; with bfloat16, Kalamkar et al.
   * 2019, arXiv 1905.12322): the factors of products are bfloat16, which has the exponents of
   * float32 and needs no scaling of the loss. So are the activations, unless the form is {@link
   * Bfloat16#ROUNDED}.
   *
   * <p>Weights are stored in float32 and rounded where they are multiplied. The moments of batch
   * normalisation, spectral norms, images, logits, losses, optimizers and averages are float32 too.
   */
  public static ComputedPair mixed(Architecture pair, Bfloat16 form) {
    return new ComputedPair(pair, pass -> pass.mixed(form));
  }

  /**
   * Float32 convolutions of some sizes as products of patches and kernels (see {@code
   * PatchProducts}): the same sums in another order.
   */
  public static ComputedPair patched(Architecture pair, Set<StridedSize> sizes) {
    Set<StridedSize> kept = Set.copyOf(sizes);
    return new ComputedPair(pair, pass -> pass.patched(kept));
  }

  /**
   * Convolutions by TensorFlow's ops as they are. The other forms are faster on CPUs, where they
   * were measured; on a GPU they launch more kernels.
   */
  public static ComputedPair plain(Architecture pair) {
    return new ComputedPair(pair, Pass::plain);
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
    return new ComputedGenerator(pair.generator(variables), arithmetic);
  }

  @Override
  public Discriminator discriminator(Variables variables) {
    return new ComputedDiscriminator(pair.discriminator(variables), arithmetic);
  }

  private record ComputedGenerator(Generator inner, UnaryOperator<Pass> arithmetic)
      implements Generator {
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
      return inner.generate(tf, weights, inputs, arithmetic.apply(pass));
    }
  }

  private record ComputedDiscriminator(Discriminator inner, UnaryOperator<Pass> arithmetic)
      implements Discriminator {
    @Override
    public List<Variable<TFloat32>> variables() {
      return inner.variables();
    }

    @Override
    public Judgement judgement(
        Ops tf, Weights weights, Operand<TFloat32> samples, Batch conditions, Pass pass) {
      return inner.judgement(tf, weights, samples, conditions, arithmetic.apply(pass));
    }
  }
}
