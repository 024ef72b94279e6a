package org.sparring.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.errors.GraphException;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Each op's first gradients, held against central differences of themselves. */
class SecondOrderGradientsTest {
  private static final List<Long> STRIDE_2 = List.of(1L, 2L, 2L, 1L);

  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void tanh() {
    checkElementwise(tf.math::tanh, -2, -0.5f, 0.25f, 1);
  }

  @Test
  void sigmoid() {
    checkElementwise(tf.math::sigmoid, -2, -0.5f, 0.25f, 1);
  }

  @Test
  void softplus() {
    checkElementwise(tf.math::softplus, -2, -0.5f, 0.25f, 1);
  }

  @Test
  void sqrt() {
    checkElementwise(tf.math::sqrt, 0.75f, 1, 2, 3);
  }

  @Test
  void rsqrt() {
    checkElementwise(tf.math::rsqrt, 0.75f, 1, 2, 3);
  }

  @Test
  void relu() {
    // squared, for the derivative of relu itself is constant off the kink
    checkElementwise(x -> tf.math.square(tf.nn.relu(x)), -2, -0.5f, 0.25f, 1);
  }

  @Test
  void reluOfAProductIsLinearInEachFactor() {
    // d/dw of relu(wx) is x·[wx > 0]; differentiated again by x it is [wx > 0]
    var w = graph.input(Shape.of(4), 1, -1, 2, -3);
    var x = graph.input(Shape.of(4), 2, 2, -1, -1);
    var y = tf.sum(tf.nn.relu(tf.math.mul(w, x)), tf.constant(0));
    var first = Gradients.of(tf, y, List.of(w)).get(0);
    var second = Gradients.of(tf, tf.sum(first, tf.constant(0)), List.of(x)).get(0);
    assertArrayEquals(new float[] {1, 0, 0, 1}, graph.floats(second));
  }

  @Test
  void aSecondDerivativeCanBeDifferentiatedAgain() {
    var x = graph.input(Shape.of(3), -1, 0.5f, 2);
    Operand<TFloat32> y = tf.math.tanh(x);
    for (int order = 1; order < 3; order++) {
      y = Gradients.of(tf, tf.sum(y, tf.constant(0)), List.of(x)).get(0);
    }
    GradientCheck.check(graph, y, List.of(x));
  }

  @Test
  void bias() {
    var x = noise(1, 2, 2, 3, 2);
    var b = noise(2, 2);
    check(tf.math.tanh(tf.nn.biasAdd(x, b)), List.of(x, b));
  }

  @Test
  void convolutionOfStrideTwoOnAnOddSide() {
    var x = noise(1, 2, 5, 5, 2);
    var k = noise(2, 3, 3, 2, 3);
    check(tf.math.tanh(tf.nn.conv2d(x, k, STRIDE_2, "SAME")), List.of(x, k));
  }

  @Test
  void convolutionOfStrideOneWithoutPadding() {
    var x = noise(1, 1, 4, 3, 1);
    var k = noise(2, 2, 2, 1, 2);
    check(tf.math.tanh(tf.nn.conv2d(x, k, List.of(1L, 1L, 1L, 1L), "VALID")), List.of(x, k));
  }

  @Test
  void transposedConvolution() {
    var x = noise(1, 2, 3, 3, 2);
    var k = noise(2, 4, 4, 3, 2);
    var size = tf.constant(new int[] {2, 6, 6, 3});
    check(tf.math.tanh(tf.nn.conv2dBackpropInput(size, k, x, STRIDE_2, "SAME")), List.of(x, k));
  }

  @Test
  void average() {
    var x = noise(1, 2, 4, 6, 2);
    List<Long> window = List.of(1L, 2L, 2L, 1L);
    check(tf.math.tanh(tf.nn.avgPool(x, window, STRIDE_2, "VALID")), List.of(x));
  }

  @Test
  void enlargingByInterpolationAndByRepetition() {
    var x = noise(1, 2, 3, 2, 2);
    Operand<TInt32> size = tf.constant(new int[] {6, 4});
    var halves = ResizeBilinear.halfPixelCenters(true);
    check(tf.math.tanh(tf.image.resizeBilinear(x, size, halves)), List.of(x));
    check(tf.math.tanh(tf.image.resizeNearestNeighbor(x, size)), List.of(x));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void batchNormalization(boolean training) {
    var x = noise(1, 3, 2, 2, 2);
    var scale = graph.input(Shape.of(2), 1.5f, -0.5f);
    var offset = graph.input(Shape.of(2), 0.25f, 0.5f);
    var y = tf.math.tanh(normalized(x, scale, offset, training));
    check(y, List.of(x, scale, offset));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void eachGradientOfBatchNormalizationAlone(boolean training) {
    var x = noise(1, 3, 2, 2, 2);
    var scale = graph.input(Shape.of(2), 1.5f, -0.5f);
    var offset = graph.input(Shape.of(2), 0.25f, 0.5f);
    var y = tf.math.tanh(normalized(x, scale, offset, training));
    for (Placeholder<TFloat32> one : List.of(x, scale, offset)) {
      var first = Gradients.of(tf, weighted(y, 3), List.of(one)).get(0);
      GradientCheck.check(graph, first, List.of(x, scale, offset));
    }
  }

  @Test
  void anotherLayoutOfBatchNormalizationIsRefused() {
    var x = noise(1, 3, 2, 2, 2);
    var scale = graph.input(Shape.of(2), 1.5f, -0.5f);
    Operand<TFloat32> none = tf.constant(new float[0]);
    var y =
        tf.nn.fusedBatchNorm(x, scale, scale, none, none, FusedBatchNorm.dataFormat("NCHW")).y();
    var first = Gradients.of(tf, sum(tf.math.square(y)), List.of(x)).get(0);
    var e = assertThrows(GraphException.class, () -> Gradients.of(tf, sum(first), List.of(x)));
    assertEquals(
        "cannot differentiate the loss: batch normalisation is differentiated twice in NHWC only,"
            + " found NCHW",
        e.getMessage());
  }

  @Test
  void anOpWithoutAGradientIsNamedWithItsTypeAndTheRemedy() {
    var x = noise(1, 4);
    var y = tf.nn.elu(x);
    var first = Gradients.of(tf, tf.sum(y, tf.constant(0)), List.of(x)).get(0);
    var e =
        assertThrows(
            GraphException.class,
            () -> Gradients.of(tf, tf.sum(tf.math.square(first), tf.constant(0)), List.of(x)));
    String number = first.asOutput().op().name().replaceAll("/.*", "");
    assertEquals(
        "cannot differentiate the loss: op "
            + number
            + "/EluGrad of type EluGrad has no gradient; use a layer without it, or a loss, penalty"
            + " and game rule that do not need it",
        e.getMessage());
  }

  private Operand<TFloat32> normalized(
      Operand<TFloat32> x, Operand<TFloat32> scale, Operand<TFloat32> offset, boolean training) {
    Operand<TFloat32> mean = tf.constant(training ? new float[0] : new float[] {0.5f, -1});
    Operand<TFloat32> variance = tf.constant(training ? new float[0] : new float[] {2, 0.5f});
    return tf.nn
        .fusedBatchNorm(x, scale, offset, mean, variance, FusedBatchNorm.isTraining(training))
        .y();
  }

  private void checkElementwise(UnaryOperator<Operand<TFloat32>> function, float... values) {
    var x = graph.input(Shape.of(values.length), values);
    check(function.apply(x), List.of(x));
  }

  /** Σ of the squares of all first gradients of a weighted sum of y, differentiated. */
  private void check(Operand<TFloat32> y, List<Placeholder<TFloat32>> inputs) {
    List<Operand<TFloat32>> squares = new ArrayList<>();
    for (Operand<TFloat32> first : Gradients.of(tf, weighted(y, 3), inputs)) {
      squares.add(sum(tf.math.square(first)));
    }
    GradientCheck.check(graph, tf.stack(squares), inputs);
  }

  private Operand<TFloat32> weighted(Operand<TFloat32> y, long seed) {
    float[] weights = GradientCheck.noise(Math.toIntExact(y.shape().size()), seed);
    return sum(tf.math.mul(y, tf.reshape(tf.constant(weights), tf.constant(y.shape().asArray()))));
  }

  private Operand<TFloat32> sum(Operand<TFloat32> values) {
    return tf.sum(tf.reshape(values, tf.constant(new int[] {-1})), tf.constant(0));
  }

  private Placeholder<TFloat32> noise(long seed, long... shape) {
    Shape of = Shape.of(shape);
    return graph.input(of, GradientCheck.noise(Math.toIntExact(of.size()), seed));
  }
}
