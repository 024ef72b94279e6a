package org.sparring.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

class RectifiedTest {
  private static final Shape MAPS = Shape.of(3, 4, 4, 16);

  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();
  private final Placeholder<TFloat32> scale = noise(Shape.of(16), 2);
  private final Placeholder<TFloat32> offset = noise(Shape.of(16), 3);

  @AfterEach
  void close() {
    graph.close();
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.2f})
  void valuesAndGradientsAreTensorFlowsToTheBit(float leak) {
    var x = noise(MAPS, 1);
    assertEqual(Rectified.of(tf, x, leak), rectified(x, leak), List.of(x));
    var ours = Rectified.of(tf, normalized(x), leak);
    assertEqual(ours, rectified(normalized(x).y(), leak), List.of(x, scale, offset));
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.2f})
  void inBfloat16TheyAreTensorFlowsToTheBitToo(float leak) {
    var x = noise(MAPS, 1);
    Operand<TBfloat16> rounded = tf.dtypes.cast(x, TBfloat16.class);
    Operand<TBfloat16> theirs = normalized(rounded).y();
    theirs = leak == 0 ? tf.nn.relu(theirs) : tf.nn.leakyRelu(theirs, LeakyRelu.alpha(leak));
    assertEqual(
        tf.dtypes.cast(Rectified.of(tf, normalized(rounded), leak), TFloat32.class),
        tf.dtypes.cast(theirs, TFloat32.class),
        List.of(x, scale, offset));
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.2f})
  void whatIsNotPositiveHasTheSlopeBelowZero(float leak) {
    float nan = Float.NaN;
    var x = graph.input(Shape.of(6), -2, -0f, 0, Float.MIN_NORMAL, 3, nan);
    var y = Rectified.of(tf, x, leak);
    assertEqual(y, rectified(x, leak), List.of(x));
    var slopes = Gradients.of(tf, tf.sum(y, tf.constant(0)), List.of(x)).get(0);
    assertArrayEquals(new float[] {leak, leak, leak, 1, 1, leak}, graph.floats(slopes));
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.2f})
  void secondDerivativesAreThoseOfCentralDifferences(float leak) {
    // about 1 and −1, so that no normalized value is near the kink
    float[] values = GradientCheck.noise(3 * 2 * 2 * 16, 1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (i / 16 % 2 == 0 ? 1 : -1) + values[i] / 10;
    }
    var x = graph.input(Shape.of(3, 2, 2, 16), values);
    Arrays.fill(graph.values(offset), 0.25f);
    Arrays.fill(graph.values(scale), 1.5f);
    var y = tf.math.tanh(Rectified.of(tf, normalized(x), leak));
    List<Operand<TFloat32>> squares = new ArrayList<>();
    for (var first : Gradients.of(tf, sum(y), List.of(x, scale, offset))) {
      squares.add(sum(tf.math.square(first)));
    }
    GradientCheck.check(graph, tf.stack(squares), List.of(x, scale, offset));
  }

  /** What is read by the backward pass stays in memory until then. */
  @Test
  void noGradientReadsWhatComesBeforeTheRectifier() {
    var x = noise(MAPS, 1);
    var normalized = normalized(x);
    var sum = tf.math.add(x, x);
    var y = tf.math.add(Rectified.of(tf, normalized, 0), Rectified.of(tf, sum, 0.2f));
    assertTrue(!Gradients.of(tf, sum(y), List.of(x, scale)).isEmpty());
    assertEquals(List.of("Relu"), readers(normalized.y()));
    assertEquals(List.of("LeakyRelu", "IdentityN"), readers(sum));
  }

  /** The op's name differs between TensorFlow's own kernels and oneDNN's. */
  @Test
  void reluIsAPartOfTheNormalizationOnACpuWithOneDnn() {
    var x = noise(MAPS, 1);
    var y = Rectified.of(tf, normalized(tf.nn.relu(x)), 0);
    var gradient = Gradients.of(tf, sum(tf.math.square(y)), List.of(scale)).get(0);
    List<String> run = graph.typesRun(gradient);
    assumeTrue(run.stream().anyMatch(type -> type.startsWith("_Mkl")), "oneDNN is off");
    assertTrue(run.stream().anyMatch(type -> type.endsWith("FusedBatchNormEx")), run.toString());
  }

  private void assertEqual(
      Operand<TFloat32> ours, Operand<TFloat32> theirs, List<Placeholder<TFloat32>> inputs) {
    List<Operand<TFloat32>> found = new ArrayList<>(List.of(ours));
    found.addAll(Gradients.of(tf, weighted(ours), inputs));
    List<Operand<TFloat32>> expected = new ArrayList<>(List.of(theirs));
    expected.addAll(Gradients.of(tf, weighted(theirs), inputs));
    List<float[]> foundValues = graph.floats(found);
    List<float[]> expectedValues = graph.floats(expected);
    for (int i = 0; i < found.size(); i++) {
      assertArrayEquals(expectedValues.get(i), foundValues.get(i), "operand " + i);
    }
  }

  private List<String> readers(Operand<TFloat32> operand) {
    List<String> readers = new ArrayList<>();
    graph
        .operations()
        .forEachRemaining(
            op -> {
              for (int i = 0; i < op.numInputs(); i++) {
                if (op.input(i).equals(operand.asOutput())) {
                  readers.add(op.type());
                }
              }
            });
    return readers;
  }

  private <T extends TFloating> FusedBatchNorm<T, TFloat32> normalized(Operand<T> x) {
    Operand<TFloat32> none = tf.constant(new float[0]);
    return tf.nn.fusedBatchNorm(x, scale, offset, none, none, FusedBatchNorm.epsilon(1e-3f));
  }

  private Operand<TFloat32> rectified(Operand<TFloat32> x, float leak) {
    return leak == 0 ? tf.nn.relu(x) : tf.nn.leakyRelu(x, LeakyRelu.alpha(leak));
  }

  private Operand<TFloat32> weighted(Operand<TFloat32> y) {
    Operand<TFloat32> weights =
        tf.constant(GradientCheck.noise(Math.toIntExact(y.shape().size()), 9));
    return sum(tf.math.mul(y, tf.reshape(weights, tf.constant(y.shape().asArray()))));
  }

  private Operand<TFloat32> sum(Operand<TFloat32> x) {
    int[] axes = new int[x.shape().numDimensions()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    return tf.sum(x, tf.constant(axes));
  }

  private Placeholder<TFloat32> noise(Shape shape, long seed) {
    return graph.input(shape, GradientCheck.noise(Math.toIntExact(shape.size()), seed));
  }
}
