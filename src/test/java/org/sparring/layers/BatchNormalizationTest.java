package org.sparring.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class BatchNormalizationTest {
  private static final int SCALE = 0;
  private static final int OFFSET = 1;
  private static final int MEAN = 2;
  private static final int VARIANCE = 3;
  private static final double EPSILON = 1e-5;
  private static final Shape IMAGES = Shape.of(3, 2, 2, 2); // 12 values a channel

  private final ScratchGraph graph = new ScratchGraph();
  private final Layers layers =
      new Layers(graph.variables(), Owner.GENERATOR, Initializer.normal(1));
  private final Layer norm = layers.batchNormalization("norm", 2);

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void trainingNormalisesEachChannelToItsOffsetAndScale() {
    assign(SCALE, 2, 3);
    assign(OFFSET, -1, 5);
    var x = noise(IMAGES, 1);
    float[] y = graph.floats(apply(x, Pass.training()));
    Moments of0 = Moments.of(y, 0);
    Moments of1 = Moments.of(y, 1);
    assertEquals(-1, of0.mean, 1e-5);
    assertEquals(5, of1.mean, 1e-5);
    // ε = 1e-5 in the root takes 5e-6 of a variance of 1
    assertEquals(4, of0.variance, 1e-3);
    assertEquals(9, of1.variance, 2e-3);
  }

  @Test
  void pointsAreNormalisedLikeImages() {
    graph.initialize();
    float[] values = GradientCheck.noise(24, 1);
    float[] images = graph.floats(apply(graph.input(IMAGES, values), Pass.training()));
    var points = apply(graph.input(Shape.of(12, 2), values), Pass.training());
    assertEquals(2, points.shape().numDimensions());
    assertArrayEquals(images, graph.floats(points), 1e-6f);
  }

  @Test
  void runningStatisticsMoveOnFromOneEvaluationToTheNextInOnePass() {
    graph.initialize();
    Pass pass = Pass.recording();
    var first = noise(IMAGES, 1);
    var second = noise(IMAGES, 2);
    List<Operand<TFloat32>> outputs = List.of(apply(first, pass), apply(second, pass));
    List<Op> writes = pass.writes(graph.tf());
    assertEquals(2, writes.size());
    write(writes, outputs);
    for (int channel = 0; channel < 2; channel++) {
      Moments a = Moments.of(graph.values(first), channel);
      Moments b = Moments.of(graph.values(second), channel);
      // m ← .9 m + .1 batch, from 0; v the same from 1, with the unbiased variance n/(n−1)·v
      double mean = 0.9 * (0.1 * a.mean) + 0.1 * b.mean;
      double variance = 0.9 * (0.9 + 0.1 * a.unbiased()) + 0.1 * b.unbiased();
      assertEquals(mean, read(MEAN)[channel], 1e-6);
      assertEquals(variance, read(VARIANCE)[channel], 1e-6);
    }
  }

  @Test
  void aRecordingPassGivesTheOutputsOfATrainingPass() {
    graph.initialize();
    var x = noise(IMAGES, 1);
    float[] recorded = graph.floats(apply(x, Pass.recording()));
    assertArrayEquals(recorded, graph.floats(apply(x, Pass.training())), 1e-6f);
  }

  @Test
  void aTrainingPassRecordsNothing() {
    Pass training = Pass.training();
    apply(noise(IMAGES, 1), training);
    assertEquals(List.of(), training.writes(graph.tf()));
    Pass inference = Pass.inference();
    apply(noise(IMAGES, 1), inference);
    assertEquals(List.of(), inference.writes(graph.tf()));
  }

  @Test
  void inferenceNormalisesByTheRunningStatistics() {
    assign(SCALE, 2, 3);
    assign(OFFSET, -1, 5);
    assign(MEAN, 0.5f, -0.25f);
    assign(VARIANCE, 4, 0.25f);
    var x = noise(IMAGES, 1);
    float[] y = graph.floats(apply(x, Pass.inference()));
    double[][] channels = {{2, -1, 0.5, 4}, {3, 5, -0.25, 0.25}};
    for (int i = 0; i < y.length; i++) {
      double[] c = channels[i % 2];
      double expected = (graph.values(x)[i] - c[2]) / Math.sqrt(c[3] + EPSILON) * c[0] + c[1];
      assertEquals(expected, y[i], 1e-5);
    }
  }

  @Test
  void anImageAloneInItsBatchIsNormalisedAsInAny() {
    assign(SCALE, 1, 1);
    assign(OFFSET, 0, 0);
    assign(MEAN, 0.5f, -0.25f);
    assign(VARIANCE, 4, 0.25f);
    float[] values = GradientCheck.noise(24, 1);
    Shape unknown = Shape.of(Shape.UNKNOWN_SIZE, 2, 2, 2);
    var all = apply(graph.input(unknown, values), Pass.inference());
    var one = apply(graph.input(unknown, Arrays.copyOf(values, 8)), Pass.inference());
    float[] whole = graph.floats(all);
    assertEquals(24, whole.length);
    assertArrayEquals(Arrays.copyOf(whole, 8), graph.floats(one), 1e-7f);
  }

  @Test
  void trainingAndInferenceHaveTheGradientsOfCentralDifferences() {
    Map<Variable<TFloat32>, Operand<TFloat32>> weights = new HashMap<>();
    var scale = graph.input(Shape.of(2), 1.5f, -0.5f);
    var offset = graph.input(Shape.of(2), 0.25f, 2);
    weights.put(layers.variables().get(SCALE), scale);
    weights.put(layers.variables().get(OFFSET), offset);
    weights.put(layers.variables().get(MEAN), graph.input(Shape.of(2), 0.5f, -1));
    weights.put(layers.variables().get(VARIANCE), graph.input(Shape.of(2), 2, 0.5f));
    var x = noise(IMAGES, 1);
    for (Pass pass : List.of(Pass.training(), Pass.inference())) {
      var y = norm.evaluate(graph.tf(), Weights.of(weights), x, pass);
      GradientCheck.check(graph, y, List.of(x, scale, offset));
    }
  }

  /** Also of points, (batch, channels), which are normalised as images of one pixel. */
  @Test
  void aRectifierBehindItHasTheGradientsOfCentralDifferences() {
    Map<Variable<TFloat32>, Operand<TFloat32>> weights = new HashMap<>();
    var scale = graph.input(Shape.of(2), 1.5f, -0.5f);
    var offset = graph.input(Shape.of(2), 0.25f, -0.25f);
    weights.put(layers.variables().get(SCALE), scale);
    weights.put(layers.variables().get(OFFSET), offset);
    // about 1 and −1, so that no normalized value is near the kink
    float[] values = GradientCheck.noise(24, 1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (i / 2 % 2 == 0 ? 1 : -1) + values[i] / 10;
    }
    for (Shape shape : List.of(IMAGES, Shape.of(12, 2))) {
      for (Layer rectifier : List.of(Layers.relu(), Layers.leakyRelu())) {
        var x = graph.input(shape, values.clone());
        var y = norm.then(rectifier).evaluate(graph.tf(), Weights.of(weights), x, Pass.training());
        assertEquals(shape.numDimensions(), y.shape().numDimensions());
        GradientCheck.check(graph, y, List.of(x, scale, offset));
      }
    }
    assertEquals(4, graph.carriers("rectified"));
  }

  private Operand<TFloat32> apply(Operand<TFloat32> x, Pass pass) {
    return norm.evaluate(graph.tf(), Weights.read(graph.tf(), layers.variables()), x, pass);
  }

  private Placeholder<TFloat32> noise(Shape shape, long seed) {
    return graph.input(shape, GradientCheck.noise(Math.toIntExact(shape.size()), seed));
  }

  private void assign(int variable, float... values) {
    var target = layers.variables().get(variable);
    graph.run(target.assign(graph.tf(), graph.tf().constant(values)));
  }

  private float[] read(int variable) {
    return graph.floats(layers.variables().get(variable).read(graph.tf()));
  }

  /** Runs the writes together with the outputs, which need the fed inputs. */
  private void write(List<Op> writes, List<Operand<TFloat32>> outputs) {
    graph.floats(graph.tf().withControlDependencies(writes).identity(outputs.get(1)));
  }

  private record Moments(double mean, double variance, int count) {
    static Moments of(float[] values, int channel) {
      double sum = 0;
      double squares = 0;
      int count = values.length / 2;
      for (int i = channel; i < values.length; i += 2) {
        sum += values[i];
        squares += (double) values[i] * values[i];
      }
      double mean = sum / count;
      return new Moments(mean, squares / count - mean * mean, count);
    }

    double unbiased() {
      return variance * count / (count - 1);
    }
  }
}
