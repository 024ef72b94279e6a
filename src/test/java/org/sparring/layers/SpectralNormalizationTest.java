package org.sparring.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.Gradients;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class SpectralNormalizationTest {
  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();
  private final Layers layers =
      new Layers(
          graph.variables(), Owner.DISCRIMINATOR, Initializer.normal(1), Normalization.SPECTRAL);

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void aKnownSingularValueIsDividedAway() {
    // rows (3, 0), (0, −2), (0, 0): singular values 3 and 2
    Layer dense = layers.dense("dense", 3, 2, false);
    var w = graph.input(Shape.of(3, 2), 3, 0, 0, -2, 0, 0);
    var u = graph.input(Shape.of(1, 2), 1, 0);
    float[] kernel = graph.floats(kernelOf(dense, 3, at(w, u)));
    assertArrayEquals(new float[] {1, 0, 0, -2 / 3f, 0, 0}, kernel, 1e-6f);
  }

  @Test
  void oneIterationIsThatOfTheAlgorithm() {
    // W = diag(3, 1), u = (1, 1): v ∝ (3, 1), u ∝ (9, 1), σ = vᵀWu = (81 + 1)/√10/√82
    Layer dense = layers.dense("dense", 2, 2, false);
    var w = graph.input(Shape.of(2, 2), 3, 0, 0, 1);
    var u = graph.input(Shape.of(1, 2), 1, 1);
    double sigma = 82 / Math.sqrt(820);
    float[] kernel = graph.floats(kernelOf(dense, 2, at(w, u)));
    assertEquals(3 / sigma, kernel[0], 1e-5);
    assertEquals(1 / sigma, kernel[3], 1e-5);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5})
  void theNormOfAConvolutionsKernelBecomesOne(int field) {
    Layer convolution = layers.convolution("down", field, 2, 3);
    graph.initialize();
    var x = graph.input(Shape.of(1, 6, 6, 2), GradientCheck.noise(72, 1));
    Variable<TFloat32> w = layers.variables().get(0);
    iterate(convolution, x, 100);
    double sigma = largestSingularValue(w);
    // the same kernel with its norm divided away by the other road
    var plain = new Layers(graph.variables(), Owner.GENERATOR, Initializer.normal(1));
    Layer unnormalized = plain.convolution("down", field, 2, 3);
    var divided = tf.math.div(w.read(tf), tf.constant((float) sigma));
    var expected =
        unnormalized.evaluate(
            tf, Weights.of(Map.of(plain.variables().get(0), divided)), x, Pass.training());
    var found = convolution.evaluate(tf, Weights.read(tf, layers.variables()), x, Pass.training());
    assertArrayEquals(graph.floats(expected), graph.floats(found), 1e-4f);
  }

  @Test
  void onlyARecordingPassMovesAndItMovesOnceAStep() {
    Layer dense = layers.dense("dense", 3, 2, false);
    graph.initialize();
    var x = graph.input(Shape.of(1, 3), 1, 2, 3);
    Pass recording = Pass.recording();
    Weights weights = Weights.read(tf, layers.variables());
    float[] first = graph.floats(dense.evaluate(tf, weights, x, recording));
    float[] second = graph.floats(dense.evaluate(tf, weights, x, recording));
    assertArrayEquals(first, second);
    for (Pass still : List.of(Pass.training(), Pass.inference())) {
      assertArrayEquals(first, graph.floats(dense.evaluate(tf, weights, x, still)));
      assertEquals(List.of(), still.writes(tf));
    }
    List<Op> writes = recording.writes(tf);
    assertEquals(1, writes.size());
    graph.run(writes.get(0));
    float moved = graph.floats(layers.variables().get(1).read(tf))[0];
    assertFalse(moved == 1, "u is where it began");
  }

  @Test
  void gradientsAreThoseOfTheWholeQuotientWhereUHasConverged() {
    // at the singular vectors σ is stationary in u and v, so central differences see W alone
    Layer dense = layers.dense("dense", 3, 2, true);
    var w = graph.input(Shape.of(3, 2), 3, 0.5f, 0.5f, -2, 1, 0.25f);
    var u = graph.input(Shape.of(1, 2), converged(graph.values(w)));
    var b = graph.input(Shape.of(2), 1, -1);
    var x = graph.input(Shape.of(2, 3), GradientCheck.noise(6, 1));
    List<Variable<TFloat32>> of = layers.variables();
    Weights weights = Weights.of(Map.of(of.get(0), w, of.get(1), u, of.get(2), b));
    GradientCheck.check(graph, dense.evaluate(tf, weights, x, Pass.training()), List.of(x, w, b));
  }

  @Test
  void itCanBeDifferentiatedTwice() {
    // ∇ₓ of (Wx/σ)² by W: what a penalty on the slope asks for
    Layer dense = layers.dense("dense", 3, 1, false);
    var w = graph.input(Shape.of(3, 1), 3, 0.5f, -2);
    var u = graph.input(Shape.of(1, 1), 1);
    var x = graph.input(Shape.of(2, 3), GradientCheck.noise(6, 1));
    var y = tf.math.square(dense.evaluate(tf, at(w, u), x, Pass.training()));
    var sum = tf.sum(y, tf.constant(new int[] {0, 1}));
    // with one output, u is 1 and σ = ‖W‖: central differences see the whole function
    GradientCheck.check(graph, Gradients.of(tf, sum, List.of(x)).get(0), List.of(w, x));
  }

  @Test
  void itIsNeitherTrainedNorNormalisedByBatches() {
    layers.dense("dense", 3, 2, false);
    layers.normalized("dense", 2);
    List<String> names = layers.variables().stream().map(Variable::name).toList();
    assertEquals(
        List.of("discriminator/dense/kernel", "discriminator/dense/u", "discriminator/dense/bias"),
        names);
    assertFalse(layers.variables().get(1).trainable());
  }

  private void iterate(Layer layer, Operand<TFloat32> x, int times) {
    Pass pass = Pass.recording();
    layer.evaluate(tf, Weights.read(tf, layers.variables()), x, pass);
    Op write = pass.writes(tf).get(0);
    for (int i = 0; i < times; i++) {
      graph.run(write);
    }
  }

  private double largestSingularValue(Variable<TFloat32> w) {
    int out = Math.toIntExact(w.shape().get(3));
    var matrix = tf.reshape(w.read(tf), tf.constant(new int[] {-1, out}));
    return graph.floats(tf.linalg.svd(matrix).s())[0];
  }

  /** The kernel that a dense layer multiplies by: its output for the identity. */
  private Operand<TFloat32> kernelOf(Layer dense, int in, Weights weights) {
    float[] identity = new float[in * in];
    for (int i = 0; i < in; i++) {
      identity[i * in + i] = 1;
    }
    var x = graph.input(Shape.of(in, in), identity);
    return dense.evaluate(tf, weights, x, Pass.training());
  }

  private Weights at(Placeholder<TFloat32> w, Placeholder<TFloat32> u) {
    return Weights.of(Map.of(layers.variables().get(0), w, layers.variables().get(1), u));
  }

  /** u of a (3, 2) kernel after many iterations u ← WᵀWu. */
  private static float[] converged(float[] w) {
    double[] u = {1, 1};
    for (int i = 0; i < 200; i++) {
      double[] next = new double[2];
      for (int row = 0; row < 3; row++) {
        double v = w[2 * row] * u[0] + w[2 * row + 1] * u[1];
        next[0] += w[2 * row] * v;
        next[1] += w[2 * row + 1] * v;
      }
      double length = Math.hypot(next[0], next[1]);
      u = new double[] {next[0] / length, next[1] / length};
    }
    return new float[] {(float) u[0], (float) u[1]};
  }
}
