package org.sparring.layers;

import java.util.ArrayList;
import java.util.List;
import org.sparring.graph.Fans;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Creates the layers of one player's network, with the variables that they read. */
public final class Layers {
  /** Slope of LeakyReLU below 0 (Radford et al. 2015, section 4). */
  public static final float LEAK = 0.2f;

  private static final List<Long> STRIDE_1 = List.of(1L, 1L, 1L, 1L);
  private static final int KERNEL = 4;

  private final Variables variables;
  private final Owner owner;
  private final Initializer initializer;
  private final Normalization normalization;
  private final List<Variable<TFloat32>> made;

  public Layers(Variables variables, Owner owner, Initializer initializer) {
    this(variables, owner, initializer, Normalization.BATCH);
  }

  /**
   * @param normalization determines what {@link #normalized} does, and whether kernels are divided
   *     by their spectral norms
   */
  public Layers(
      Variables variables, Owner owner, Initializer initializer, Normalization normalization) {
    this(variables, owner, initializer, normalization, new ArrayList<>());
  }

  private Layers(
      Variables variables,
      Owner owner,
      Initializer initializer,
      Normalization normalization,
      List<Variable<TFloat32>> made) {
    this.variables = variables;
    this.owner = owner;
    this.initializer = initializer;
    this.normalization = normalization;
    this.made = made;
  }

  /** Returns layers of the same network with another initializer for the kernels. */
  public Layers starting(Initializer other) {
    return new Layers(variables, owner, other, normalization, made);
  }

  /**
   * Returns the variables of all layers created so far, in the order in which they were created.
   */
  public List<Variable<TFloat32>> variables() {
    return List.copyOf(made);
  }

  /** Returns a dense layer, (batch, in) → (batch, out): xW, plus b if {@code biased}. */
  public Layer dense(String name, long in, long out, boolean biased) {
    Layer multiply =
        kernel(name, Shape.of(in, out)).multiplied((tf, x, k, pass) -> tf.linalg.matMul(x, k));
    return biased ? multiply.then(bias(name, out)) : multiply;
  }

  /**
   * Returns a layer (batch, in) → (batch, out) whose outputs are the maximum of {@code pieces}
   * linear units (maxout, Goodfellow et al. 2013, arXiv 1302.4389, section 3).
   */
  public Layer maxout(String name, long in, long out, int pieces, boolean normalized) {
    Layer linear = dense(name, in, out * pieces, false);
    Layer units = normalized ? normalized(name, out * pieces) : bias(name, out * pieces);
    return linear
        .then(units)
        .then(reshape(Shape.of(out, pieces)))
        .then((tf, w, x, pass) -> tf.max(x, tf.constant(2)));
  }

  /**
   * Returns a convolution (batch, s, s, in) → (batch, s/2, s/2, out) for even s, with a 4×4 kernel
   * and stride 2.
   */
  public Layer convolution(String name, long in, long out) {
    return convolution(name, KERNEL, in, out);
  }

  /**
   * Returns a convolution (batch, s, s, in) → (batch, ⌈s/2⌉, ⌈s/2⌉, out) with a field×field kernel
   * and stride 2.
   */
  public Layer convolution(String name, int field, long in, long out) {
    Kernel kernel = kernel(name, Shape.of(field, field, in, out));
    if (field == KERNEL && in <= ImageSide.MOST_CHANNELS) {
      return kernel.multiplied(
          (tf, x, k, pass) ->
              pass.isPlain()
                  ? StridedConvolution.of(tf, x, k, pass)
                  : ImageSide.convolution(tf, x, k));
    }
    return kernel.multiplied(StridedConvolution::of);
  }

  /**
   * Returns a convolution (batch, s, s, in) → (batch, s, s, out) with a field×field kernel and
   * stride 1.
   */
  public Layer filter(String name, int field, long in, long out) {
    return kernel(name, Shape.of(field, field, in, out))
        .multiplied((tf, x, k, pass) -> tf.nn.conv2d(x, k, STRIDE_1, "SAME"));
  }

  /**
   * Returns a convolution (batch, s, s, in) → (batch, s, s, out) with stride 1 in groups of
   * channels, see {@link GroupedConvolution}.
   */
  public Layer groupedFilter(String name, int field, long in, long out, int groups) {
    return kernel(name, Shape.of(field, field, in / groups, out))
        .multiplied((tf, x, k, pass) -> GroupedConvolution.of(tf, x, k, groups, pass));
  }

  /** Multiplies the input elementwise by a learned tensor, which is broadcast over the batch. */
  public Layer scale(String name, Shape shape, Fans fans) {
    Variable<TFloat32> scale =
        keep(variables.weight(owner, name + "/kernel", shape, fans, initializer));
    return (tf, w, x, pass) -> tf.math.mul(x, Activations.like(tf, w.get(scale), x));
  }

  /**
   * Returns a transposed convolution (batch, s, s, in) → (batch, 2s, 2s, out) with a 4×4 kernel and
   * stride 2.
   *
   * @param side s, side of the input in pixels
   */
  public Layer transposedConvolution(String name, long side, long in, long out) {
    if (out > ImageSide.MOST_CHANNELS) {
      return transposedConvolution(name, KERNEL, 2 * side, in, out);
    }
    return transposedKernel(name, KERNEL, in, out)
        .multiplied(
            (tf, x, k, pass) -> {
              if (pass.isPlain()) {
                Operand<TInt32> size = shapeOf(tf, x, Shape.of(2 * side, 2 * side, out));
                return StridedConvolution.transposed(tf, size, x, k, false, pass);
              }
              Operand<TInt32> blocks = shapeOf(tf, x, Shape.of(side + 1, side + 1, 4 * out));
              Operand<TInt32> cropped = shapeOf(tf, x, Shape.of(2 * side, 2 * side, out));
              return ImageSide.transposedConvolution(tf, x, k, blocks, cropped);
            });
  }

  /**
   * Returns a transposed convolution (batch, ⌈s/2⌉, ⌈s/2⌉, in) → (batch, s, s, out) with a
   * field×field kernel and stride 2.
   *
   * @param side s, side of the output in pixels
   */
  public Layer transposedConvolution(String name, int field, long side, long in, long out) {
    return transposedKernel(name, field, in, out)
        .multiplied(
            (tf, x, k, pass) -> {
              Operand<TInt32> size = shapeOf(tf, x, Shape.of(side, side, out));
              return StridedConvolution.transposed(tf, size, x, k, side % 2 != 0, pass);
            });
  }

  /** Applies batch normalisation, or adds a bias if the network has none. */
  public Layer normalized(String name, long channels) {
    return normalization == Normalization.BATCH
        ? batchNormalization(name + "/norm", channels)
        : bias(name, channels);
  }

  /**
   * Adds a bias if the network has no batch normalisation. For the first layer, which is never
   * normalised.
   */
  public Layer entrance(String name, long channels) {
    return normalization == Normalization.BATCH ? identity() : bias(name, channels);
  }

  /** Adds a learned vector to the last axis. */
  public Layer bias(String name, long channels) {
    Variable<TFloat32> bias = keep(variables.weight(owner, name + "/bias", channels, 0));
    return (tf, w, x, pass) -> tf.nn.biasAdd(x, Activations.like(tf, w.get(bias), x));
  }

  /** Normalises over all axes but the last: see {@link BatchNormalization}. */
  public Layer batchNormalization(String name, long channels) {
    Variable<TFloat32> scale = keep(variables.weight(owner, name + "/scale", channels, 1));
    Variable<TFloat32> offset = keep(variables.weight(owner, name + "/offset", channels, 0));
    Shape vector = Shape.of(channels);
    Variable<TFloat32> mean = keep(variables.state(owner, name + "/mean", vector, 0));
    Variable<TFloat32> variance = keep(variables.state(owner, name + "/variance", vector, 1));
    return new BatchNormalization(scale, offset, mean, variance);
  }

  /** Converts to float32, whose precision the last layers of a network need. */
  public static Layer full() {
    return (tf, w, x, pass) -> Activations.floating(Activations.full(tf, x));
  }

  public static Layer identity() {
    return (tf, w, x, pass) -> x;
  }

  public static Layer relu() {
    return new Rectifier(0);
  }

  public static Layer leakyRelu() {
    return leakyRelu(LEAK);
  }

  /**
   * @param leak slope below 0, at least 0
   */
  public static Layer leakyRelu(float leak) {
    return new Rectifier(leak);
  }

  public static Layer tanh() {
    return (tf, w, x, pass) -> tf.math.tanh(x);
  }

  /**
   * Returns the one-hot encoding of labels, (batch) → (batch, classes): 1 at the label, 0
   * elsewhere.
   */
  public static Operand<TFloat32> oneHot(Ops tf, Operand<TInt32> labels, int classes) {
    return tf.oneHot(labels, tf.constant(classes), tf.constant(1f), tf.constant(0f));
  }

  /** Returns a layer that reshapes (batch, …) → (batch, shape). */
  public static Layer reshape(Shape shape) {
    return (tf, w, x, pass) -> tf.reshape(x, shapeOf(tf, x, shape));
  }

  /**
   * Returns the shape (batch size of x, rest); a constant if the batch size is known while the
   * graph is built.
   */
  static Operand<TInt32> shapeOf(Ops tf, Operand<? extends TFloating> x, Shape rest) {
    long batch = ((Output<?>) x.asOutput()).shape().get(0);
    if (batch != Shape.UNKNOWN_SIZE) {
      return tf.constant(toInts(Shape.of(batch).append(rest).asArray()));
    }
    var dynamic = tf.shape.size(tf.shape(x), tf.constant(0));
    return tf.concat(
        List.of(
            tf.reshape(dynamic, tf.constant(new int[] {1})), tf.constant(toInts(rest.asArray()))),
        tf.constant(0));
  }

  private static int[] toInts(long[] values) {
    int[] ints = new int[values.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = Math.toIntExact(values[i]);
    }
    return ints;
  }

  Kernel kernel(String name, Shape shape) {
    Variable<TFloat32> kernel =
        keep(variables.weight(owner, name + "/kernel", shape, Fans.of(shape), initializer));
    if (normalization != Normalization.SPECTRAL) {
      return (tf, w, pass) -> w.get(kernel);
    }
    Shape vector = Shape.of(1, shape.get(shape.numDimensions() - 1));
    return new SpectralKernel(kernel, keep(variables.state(owner, name + "/u", vector, 1)));
  }

  Kernel transposedKernel(String name, int field, long in, long out) {
    Shape shape = Shape.of(field, field, out, in);
    Variable<TFloat32> kernel =
        keep(variables.weight(owner, name + "/kernel", shape, Fans.transposed(shape), initializer));
    return (tf, w, pass) -> w.get(kernel);
  }

  private Variable<TFloat32> keep(Variable<TFloat32> variable) {
    made.add(variable);
    return variable;
  }
}
