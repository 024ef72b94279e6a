package org.sparring.nets;

import java.util.ArrayList;
import java.util.List;
import org.sparring.graph.Fans;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Makes the layers of one player's network, and with each the variables that it reads. */
final class Layers {
  /** Slope of LeakyReLU below 0 (Radford et al. 2015, section 4). */
  static final float LEAK = 0.2f;

  private static final float EPSILON = 1e-5f;
  private static final float STATISTICS_RATE = 0.1f;
  private static final List<Long> STRIDE_2 = List.of(1L, 2L, 2L, 1L);
  private static final int KERNEL = 4;

  private final Variables variables;
  private final Owner owner;
  private final Initializer initializer;
  private final List<Variable<TFloat32>> made = new ArrayList<>();

  Layers(Variables variables, Owner owner, Initializer initializer) {
    this.variables = variables;
    this.owner = owner;
    this.initializer = initializer;
  }

  /** What the layers made so far read, in the order of their making. */
  List<Variable<TFloat32>> variables() {
    return List.copyOf(made);
  }

  /** (batch, in) → (batch, out), xW + b where biased. */
  Layer dense(String name, long in, long out, boolean biased) {
    Variable<TFloat32> kernel = kernel(name, Shape.of(in, out));
    Layer multiply = (tf, w, x, pass) -> tf.linalg.matMul(x, w.get(kernel));
    return biased ? multiply.then(bias(name, out)) : multiply;
  }

  /** (batch, s, s, in) → (batch, s/2, s/2, out) for even s: 4×4 kernel, stride 2. */
  Layer convolution(String name, long in, long out) {
    Variable<TFloat32> kernel = kernel(name, Shape.of(KERNEL, KERNEL, in, out));
    if (in <= ImageSide.MOST_CHANNELS) {
      return (tf, w, x, pass) -> ImageSide.convolution(tf, x, w.get(kernel));
    }
    return (tf, w, x, pass) -> tf.nn.conv2d(x, w.get(kernel), STRIDE_2, "SAME");
  }

  /** (batch, s, s, in) → (batch, 2s, 2s, out): 4×4 kernel, stride 2, transposed. */
  Layer transposedConvolution(String name, long side, long in, long out) {
    Shape shape = Shape.of(KERNEL, KERNEL, out, in);
    Variable<TFloat32> kernel =
        keep(variables.weight(owner, name + "/kernel", shape, Fans.transposed(shape), initializer));
    if (out <= ImageSide.MOST_CHANNELS) {
      return (tf, w, x, pass) -> {
        Operand<TInt32> blocks = shapeOf(tf, x, Shape.of(side + 1, side + 1, 4 * out));
        Operand<TInt32> cropped = shapeOf(tf, x, Shape.of(2 * side, 2 * side, out));
        return ImageSide.transposedConvolution(tf, x, w.get(kernel), blocks, cropped);
      };
    }
    return (tf, w, x, pass) -> {
      Operand<TInt32> size = shapeOf(tf, x, Shape.of(2 * side, 2 * side, out));
      return tf.nn.conv2dBackpropInput(size, w.get(kernel), x, STRIDE_2, "SAME");
    };
  }

  /** Adds a learned vector to the last axis. */
  Layer bias(String name, long channels) {
    Variable<TFloat32> bias = keep(variables.weight(owner, name + "/bias", channels, 0));
    return (tf, w, x, pass) -> tf.nn.biasAdd(x, w.get(bias));
  }

  /**
   * Batch normalisation over all axes but the last (Ioffe and Szegedy 2015): by the batch's moments
   * in training, by running ones in inference. Running variances are unbiased, as in TensorFlow.
   */
  Layer batchNormalization(String name, long channels) {
    Variable<TFloat32> scale = keep(variables.weight(owner, name + "/scale", channels, 1));
    Variable<TFloat32> offset = keep(variables.weight(owner, name + "/offset", channels, 0));
    Shape vector = Shape.of(channels);
    Variable<TFloat32> mean = keep(variables.state(owner, name + "/mean", vector, 0));
    Variable<TFloat32> variance = keep(variables.state(owner, name + "/variance", vector, 1));
    return new BatchNormalization(scale, offset, mean, variance);
  }

  private record BatchNormalization(
      Variable<TFloat32> scale,
      Variable<TFloat32> offset,
      Variable<TFloat32> mean,
      Variable<TFloat32> variance)
      implements Layer {

    @Override
    public Operand<TFloat32> apply(Ops tf, Weights w, Operand<TFloat32> x, Pass pass) {
      if (x.shape().numDimensions() == 2) {
        // (batch, channels) → (batch, 1, 1, channels) and back: the fused op is for images
        Shape image = Shape.of(1, 1, scale.shape().size());
        Operand<TFloat32> y = apply(tf, w, tf.reshape(x, shapeOf(tf, x, image)), pass);
        return tf.reshape(y, tf.shape(x));
      }
      if (pass.isInference()) {
        return normalized(tf, w, x, w.get(mean), w.get(variance), false, 1f).y();
      }
      return pass.isRecording() ? recorded(tf, w, x, pass) : byBatch(tf, w, x, pass);
    }

    private Operand<TFloat32> byBatch(Ops tf, Weights w, Operand<TFloat32> x, Pass pass) {
      Operand<TFloat32> none = tf.constant(new float[0]);
      var op = normalized(tf, w, x, none, none, true, 1f);
      if (pass.isMeasuring()) {
        pass.move(mean, op.batchMean());
        pass.move(variance, op.batchVariance());
      }
      return op.y();
    }

    private Operand<TFloat32> recorded(Ops tf, Weights w, Operand<TFloat32> x, Pass pass) {
      var before = pass.current(tf, mean);
      var beforeVariance = pass.current(tf, variance);
      var op = normalized(tf, w, x, before, beforeVariance, true, STATISTICS_RATE);
      // the op itself moves the running moments: before + rate·(batch − before)
      pass.move(mean, op.batchMean());
      pass.move(variance, op.batchVariance());
      return op.y();
    }

    private FusedBatchNorm<TFloat32, TFloat32> normalized(
        Ops tf,
        Weights w,
        Operand<TFloat32> x,
        Operand<TFloat32> mean,
        Operand<TFloat32> variance,
        boolean training,
        float rate) {
      return tf.nn.fusedBatchNorm(
          x,
          w.get(scale),
          w.get(offset),
          mean,
          variance,
          FusedBatchNorm.isTraining(training),
          FusedBatchNorm.exponentialAvgFactor(rate),
          FusedBatchNorm.epsilon(EPSILON));
    }
  }

  static Layer relu() {
    return (tf, w, x, pass) -> tf.nn.relu(x);
  }

  static Layer leakyRelu() {
    return (tf, w, x, pass) -> tf.nn.leakyRelu(x, LeakyRelu.alpha(LEAK));
  }

  static Layer tanh() {
    return (tf, w, x, pass) -> tf.math.tanh(x);
  }

  /** (batch, …) → (batch, shape). */
  static Layer reshape(Shape shape) {
    return (tf, w, x, pass) -> tf.reshape(x, shapeOf(tf, x, shape));
  }

  /** The shape (batch of x, rest); a constant where the batch is known while building. */
  private static Operand<TInt32> shapeOf(Ops tf, Operand<TFloat32> x, Shape rest) {
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

  private Variable<TFloat32> kernel(String name, Shape shape) {
    return keep(variables.weight(owner, name + "/kernel", shape, Fans.of(shape), initializer));
  }

  private Variable<TFloat32> keep(Variable<TFloat32> variable) {
    made.add(variable);
    return variable;
  }
}
