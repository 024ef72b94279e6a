package org.sparring.nets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * The kernels of a generator with the batch normalisations behind them folded in: with the gain g =
 * γ/√(σ² + ε), g(Wx − μ) + β = (gW)x + (β − gμ). The layer then is a product and a bias.
 *
 * <p>The gain is stored too, so that a run that starts from the model gets back the kernel that was
 * trained: {@code WarmStart}.
 */
public record FoldedKernels(List<Layer> layers) {
  /** No batch normalisation is folded. */
  public static final FoldedKernels NONE = new FoldedKernels(List.of());

  public FoldedKernels {
    layers = List.copyOf(layers);
  }

  /**
   * @param kernel W, then gW
   * @param normalization its four variables: γ, β, μ, σ²
   * @param bias β − gμ, (channels)
   * @param gain g, in a shape that broadcasts over the kernel
   * @param epsilon ε
   */
  public record Layer(
      Variable<TFloat32> kernel,
      List<Variable<TFloat32>> normalization,
      Variable<TFloat32> bias,
      Variable<TFloat32> gain,
      float epsilon) {
    Variable<TFloat32> scale() {
      return normalization.get(0);
    }

    Variable<TFloat32> offset() {
      return normalization.get(1);
    }

    Variable<TFloat32> mean() {
      return normalization.get(2);
    }

    Variable<TFloat32> variance() {
      return normalization.get(3);
    }

    private static Layer of(
        Ops tf, NormalizedKernel found, Map<String, Variable<TFloat32>> variables) {
      Variable<TFloat32> kernel = variables.get(found.kernel());
      Variable<TFloat32> offset = variables.get(found.offset());
      long[] broadcast = new long[kernel.shape().numDimensions()];
      Arrays.fill(broadcast, 1);
      broadcast[found.outputs()] = kernel.shape().get(found.outputs());
      return new Layer(
          kernel,
          List.of(
              variables.get(found.scale()),
              offset,
              variables.get(found.mean()),
              variables.get(found.variance())),
          another(tf, offset.owner(), offset.name() + "/folded", offset.shape()),
          another(tf, kernel.owner(), FoldedKernels.gain(kernel.name()), Shape.of(broadcast)),
          found.epsilon());
    }

    private List<Op> store(Ops tf) {
      Operand<TFloat32> spread =
          tf.math.rsqrt(tf.math.add(variance().read(tf), tf.constant(epsilon)));
      Operand<TFloat32> gains = tf.math.mul(scale().read(tf), spread); // (channels)
      Operand<TFloat32> shifts = tf.math.mul(mean().read(tf), gains);
      // a dense layer has a gain for each channel at each position of its maps
      int repeats = Math.toIntExact(gain.shape().size() / offset().shape().size());
      Operand<TFloat32> broadcast =
          tf.reshape(
              tf.tile(gains, tf.constant(new int[] {repeats})),
              tf.constant(gain.shape().asArray()));
      return List.of(
          gain.assign(tf, broadcast),
          bias.assign(tf, tf.math.sub(offset().read(tf), shifts)),
          kernel.assign(tf, tf.math.mul(kernel.read(tf), broadcast)));
    }

    private static Variable<TFloat32> another(Ops tf, Owner owner, String name, Shape shape) {
      VarHandleOp handle =
          tf.withName(name.replace('/', '.'))
              .varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName(name));
      return new Variable<>(owner, name, shape, TFloat32.class, false, handle);
    }
  }

  /**
   * Finds the kernels that can be folded, and creates variables for what is folded.
   *
   * @param generator what {@code architecture} made in this graph
   */
  public static FoldedKernels of(
      Ops tf, Function<Variables, Generator> architecture, Generator generator) {
    Map<String, Variable<TFloat32>> variables = new LinkedHashMap<>();
    generator.variables().forEach(v -> variables.put(v.name(), v));
    return new FoldedKernels(
        NormalizedKernel.of(architecture).stream()
            .map(found -> Layer.of(tf, found, variables))
            .toList());
  }

  /** Returns the name of the gain of a kernel. */
  public static String gain(String kernel) {
    return kernel + "/gain";
  }

  /** Returns the names of the folded kernels. */
  public List<String> names() {
    return layers.stream().map(layer -> layer.kernel().name()).toList();
  }

  /** Returns ops that fold, once, the values that the variables have. */
  public List<Op> store(Ops tf) {
    return layers.stream().flatMap(layer -> layer.store(tf).stream()).toList();
  }

  /** Returns the variables that inference reads. */
  public List<Variable<TFloat32>> read(Generator generator) {
    List<Variable<TFloat32>> read = new ArrayList<>(generator.variables());
    layers.forEach(layer -> read.removeAll(layer.normalization()));
    layers.forEach(layer -> read.add(layer.bias()));
    return read;
  }

  /** Returns all variables: the generator's, each bias and each gain. */
  public List<Variable<TFloat32>> all(Generator generator) {
    return Stream.of(
            generator.variables().stream(),
            layers.stream().map(Layer::bias),
            layers.stream().map(Layer::gain))
        .flatMap(variables -> variables)
        .toList();
  }

  /**
   * Returns the weights that the generator needs in {@link #pass}.
   *
   * @param values of the variables that inference reads
   */
  public Weights weights(Weights values) {
    return values.with(
        layers.stream()
            .collect(Collectors.toMap(Layer::offset, layer -> values.get(layer.bias()))));
  }

  /** Returns the pass in which folded batch normalisations add their bias only. */
  public Pass pass() {
    return Pass.folded(layers.stream().map(Layer::offset).collect(Collectors.toSet()));
  }
}
