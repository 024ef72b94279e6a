package org.sparring.graph;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;
import org.tensorflow.op.nn.BiasAdd;
import org.tensorflow.op.nn.BiasAddGrad;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.Conv2dBackpropFilter;
import org.tensorflow.op.nn.Conv2dBackpropInput;
import org.tensorflow.op.nn.FusedBatchNormGrad;
import org.tensorflow.types.TFloat32;

/**
 * Gradients of gradient ops that TensorFlow's C++ registry lacks. With them, functions with batch
 * normalisation, ReLU, tanh, sigmoid, softplus, a bias, roots, a convolution's kernel, averaging or
 * enlarging can be differentiated twice.
 *
 * <p>Notation: g is the gradient that is an input of the gradient op, a is the upstream gradient of
 * the second differentiation, and S = ⟨a, op(…)⟩ is the scalar to be differentiated. Only ops of
 * gradients are registered, so a first differentiation builds the same graph as without this class.
 *
 * <p>TensorFlow Java 1.1.0 allows ten native callbacks. All ops share one callback, which
 * distinguishes them by their type.
 */
final class SecondOrderGradients {
  /** No gradient: the input is a shape, a mask or a running statistic. */
  private static final Operand<?> NONE = null;

  private static final Map<String, RawCustomGradient> RULES = rules();

  /** Referenced for the whole life of the process, because native code calls it. */
  private static final GradientCallback CALLBACK =
      new GradientCallback((tf, op, upstream) -> RULES.get(op.type()).call(tf, op, upstream));

  static {
    for (String type : RULES.keySet()) {
      if (!tensorflow.TFJ_HasGradient(type)) {
        tensorflow.TFJ_RegisterCustomGradient(type, CALLBACK);
      }
    }
  }

  private SecondOrderGradients() {}

  /** Registers the gradients on the first call. */
  static void register() {
    // calling this method runs the static block above
  }

  /** Returns the first failure of a rule since the last call, or null, and clears it. */
  static RuntimeException takeFailure() {
    return CALLBACK.takeFailure();
  }

  private static Map<String, RawCustomGradient> rules() {
    Map<String, RawCustomGradient> rules = new LinkedHashMap<>();
    rules.put("ReluGrad", SecondOrderGradients::relu);
    rules.put("TanhGrad", SecondOrderGradients::tanh);
    rules.put("SigmoidGrad", SecondOrderGradients::sigmoid);
    rules.put("SoftplusGrad", SecondOrderGradients::softplus);
    rules.put("SqrtGrad", SecondOrderGradients::sqrt);
    rules.put("RsqrtGrad", SecondOrderGradients::rsqrt);
    rules.put("BiasAddGrad", SecondOrderGradients::bias);
    rules.put("Conv2DBackpropFilter", SecondOrderGradients::kernel);
    rules.put(FusedBatchNormGrad.OP_NAME, BatchNormalizationGradient::of);
    rules.put("AvgPoolGrad", ResamplingGradients::average);
    rules.put("ResizeBilinearGrad", ResamplingGradients::bilinear);
    rules.put("ResizeNearestNeighborGrad", ResamplingGradients::nearest);
    rules.put("EnsureShape", (tf, op, upstream) -> List.of(upstream.get(0)));
    rules.put(Carrier.TYPE, Carrier::gradients);
    rules.put(Collectives.SUM, Collectives::gradientsOfSum);
    rules.put(Collectives.GATHER, Collectives::gradientsOfAll);
    return rules;
  }

  /** ReluGrad(g, x) = g·[x &gt; 0]: ∂S/∂g = a·[x &gt; 0]; the mask's own derivative is 0. */
  private static List<Operand<?>> relu(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    return outputs(tf.nn.reluGrad(upstream(upstream), input(op, 1)), NONE);
  }

  /** TanhGrad(y, g) = g(1 − y²): ∂S/∂y = −2agy, ∂S/∂g = a(1 − y²). */
  private static List<Operand<?>> tanh(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    Operand<TFloat32> a = upstream(upstream);
    Operand<TFloat32> y = input(op, 0);
    Operand<TFloat32> byY = product(tf, tf.constant(-2f), a, input(op, 1), y);
    return outputs(byY, tf.math.tanhGrad(y, a));
  }

  /** SigmoidGrad(y, g) = g·y(1 − y): ∂S/∂y = ag(1 − 2y), ∂S/∂g = a·y(1 − y). */
  private static List<Operand<?>> sigmoid(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    Operand<TFloat32> a = upstream(upstream);
    Operand<TFloat32> y = input(op, 0);
    Operand<TFloat32> slope = tf.math.sub(tf.constant(1f), tf.math.add(y, y));
    return outputs(product(tf, a, input(op, 1), slope), tf.math.sigmoidGrad(y, a));
  }

  /** SoftplusGrad(g, x) = g·σ(x): ∂S/∂g = a·σ(x), ∂S/∂x = ag·σ(x)(1 − σ(x)). */
  private static List<Operand<?>> softplus(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    Operand<TFloat32> a = upstream(upstream);
    Operand<TFloat32> x = input(op, 1);
    Operand<TFloat32> byX = tf.math.sigmoidGrad(tf.math.sigmoid(x), tf.math.mul(a, input(op, 0)));
    return outputs(tf.math.softplusGrad(a, x), byX);
  }

  /** SqrtGrad(y, g) = ½g/y: ∂S/∂y = −½ag/y², ∂S/∂g = ½a/y. */
  private static List<Operand<?>> sqrt(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    Operand<TFloat32> y = input(op, 0);
    Operand<TFloat32> byG = tf.math.sqrtGrad(y, upstream(upstream));
    Operand<TFloat32> byY = tf.math.neg(tf.math.div(tf.math.mul(byG, input(op, 1)), y));
    return outputs(byY, byG);
  }

  /** RsqrtGrad(y, g) = −½gy³: ∂S/∂y = −3/2·agy², ∂S/∂g = −½ay³. */
  private static List<Operand<?>> rsqrt(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    Operand<TFloat32> a = upstream(upstream);
    Operand<TFloat32> y = input(op, 0);
    Operand<TFloat32> byY = product(tf, tf.constant(-1.5f), a, input(op, 1), tf.math.square(y));
    return outputs(byY, tf.math.rsqrtGrad(y, a));
  }

  /** BiasAddGrad(g) = Σ g over all axes but the channels': ∂S/∂g is a at every place. */
  private static List<Operand<?>> bias(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    var in = new BiasAddGrad.Inputs<TFloat32>(op);
    var layout = BiasAdd.dataFormat(in.dataFormat);
    return outputs(tf.nn.biasAdd(tf.zerosLike(in.outBackprop), upstream(upstream), layout));
  }

  /**
   * Conv2DBackpropFilter(x, shape, g) = K with ⟨a, K⟩ = ⟨conv(x, a), g⟩ for every kernel a: it is
   * bilinear, ∂S/∂g = conv(x, a) and ∂S/∂x the transposed convolution of g by a.
   */
  private static List<Operand<?>> kernel(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    var in = new Conv2dBackpropFilter.Inputs<TFloat32>(op);
    Operand<TFloat32> a = upstream(upstream);
    List<Long> strides = boxed(in.strides);
    List<Long> dilations = boxed(in.dilations);
    Operand<TFloat32> byG =
        tf.nn.conv2d(
            in.input,
            a,
            strides,
            in.padding,
            Conv2d.dataFormat(in.dataFormat),
            Conv2d.dilations(dilations));
    Operand<TFloat32> byX =
        tf.nn.conv2dBackpropInput(
            tf.shape(in.input),
            a,
            in.outBackprop,
            strides,
            in.padding,
            Conv2dBackpropInput.dataFormat(in.dataFormat),
            Conv2dBackpropInput.dilations(dilations));
    return outputs(byX, NONE, byG);
  }

  private static List<Long> boxed(long[] values) {
    return LongStream.of(values).boxed().toList();
  }

  private static Operand<TFloat32> input(GraphOperation op, int index) {
    return op.input(index).expect(TFloat32.class);
  }

  /** a of an op with one output. */
  private static Operand<TFloat32> upstream(List<Output<?>> upstream) {
    return upstream.get(0).expect(TFloat32.class);
  }

  @SafeVarargs
  private static Operand<TFloat32> product(
      Ops tf, Operand<TFloat32> first, Operand<TFloat32>... others) {
    return Stream.of(others).reduce(first, tf.math::mul);
  }

  /** Returns one gradient for each input of the op. */
  private static List<Operand<?>> outputs(Operand<?>... gradients) {
    return Arrays.asList(gradients);
  }
}
