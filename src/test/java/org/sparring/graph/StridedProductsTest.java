package org.sparring.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;

/** Convolutions and gradients by products of matrices equal TensorFlow's. */
class StridedProductsTest {
  private static final int BATCH = 3;
  private static final int SIDE = 6;
  private static final int IN = 4;
  private static final int OUT = 5;

  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();
  private final List<Placeholder<TFloat32>> inputs = new ArrayList<>();
  private final Operand<TFloat32> large = noise(1, BATCH, SIDE, SIDE, IN);
  private final Operand<TFloat32> small = noise(2, BATCH, SIDE / 2, SIDE / 2, OUT);
  private final Operand<TFloat32> kernel = noise(3, 4, 4, IN, OUT);

  @AfterEach
  void close() {
    graph.close();
  }

  @ParameterizedTest
  @EnumSource
  void theConvolutionAndItsGradientsAreTensorFlows(StridedForm form) {
    Operand<TFloat32> own = StridedProducts.convolution(tf, large, kernel, form);
    Operand<TFloat32> naive = tf.nn.conv2d(large, kernel, List.of(1L, 2L, 2L, 1L), "SAME");
    assertArrayEquals(graph.floats(naive), graph.floats(own), 1e-4f);
    assertSameGradients(naive, own, List.of(large, kernel), noise(4, BATCH, 3, 3, OUT));
  }

  @ParameterizedTest
  @EnumSource
  void theTransposedConvolutionAndItsGradientsAreTensorFlows(StridedForm form) {
    var size = tf.constant(new int[] {BATCH, SIDE, SIDE, IN});
    Operand<TFloat32> own = StridedProducts.transposedConvolution(tf, size, kernel, small, form);
    Operand<TFloat32> naive =
        tf.nn.conv2dBackpropInput(size, kernel, small, List.of(1L, 2L, 2L, 1L), "SAME");
    assertArrayEquals(graph.floats(naive), graph.floats(own), 1e-4f);
    assertSameGradients(naive, own, List.of(small, kernel), noise(4, BATCH, SIDE, SIDE, IN));
  }

  @ParameterizedTest
  @EnumSource
  void theGradientsAreThoseOfDifferences(StridedForm form) {
    GradientCheck.check(
        graph, StridedProducts.convolution(tf, input(large), input(kernel), form), inputs);
  }

  /** In bfloat16, the type that it is made for: the rounding of one product is 2⁻⁸. */
  @Test
  void theGradientInBfloat16IsThatOfFloat32Rounded() {
    Operand<TBfloat16> x = tf.dtypes.cast(large, TBfloat16.class);
    Operand<TBfloat16> k = tf.dtypes.cast(kernel, TBfloat16.class);
    Operand<TFloat32> y =
        tf.dtypes.cast(StridedProducts.convolution(tf, x, k, StridedForm.PLACES), TFloat32.class);
    Operand<TFloat32> naive = tf.nn.conv2d(large, kernel, List.of(1L, 2L, 2L, 1L), "SAME");
    float[] expected = graph.floats(gradient(naive, kernel));
    float[] found = graph.floats(gradient(y, kernel));
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], 0.03 * largest);
    }
  }

  private Operand<TFloat32> input(Operand<TFloat32> like) {
    var input = graph.input(like.shape(), graph.floats(like));
    inputs.add(input);
    return input;
  }

  private void assertSameGradients(
      Operand<TFloat32> naive,
      Operand<TFloat32> own,
      List<Operand<TFloat32>> with,
      Operand<TFloat32> weights) {
    List<float[]> expected = graph.floats(gradients(naive, weights, with));
    List<float[]> found = graph.floats(gradients(own, weights, with));
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), found.get(i), 1e-4f);
    }
  }

  private List<Operand<TFloat32>> gradients(
      Operand<TFloat32> y, Operand<TFloat32> weights, List<Operand<TFloat32>> with) {
    var axes = tf.constant(new int[] {0, 1, 2, 3});
    return Gradients.of(tf, tf.sum(tf.math.mul(y, weights), axes), with);
  }

  private Operand<TFloat32> gradient(Operand<TFloat32> y, Operand<TFloat32> with) {
    return gradients(y, noise(4, BATCH, 3, 3, OUT), List.of(with)).get(0);
  }

  private Operand<TFloat32> noise(int seed, int... shape) {
    long[] axes = new long[shape.length];
    int values = 1;
    for (int i = 0; i < shape.length; i++) {
      axes[i] = shape[i];
      values *= shape[i];
    }
    return tf.constant(Shape.of(axes), DataBuffers.of(GradientCheck.noise(values, seed)));
  }
}
