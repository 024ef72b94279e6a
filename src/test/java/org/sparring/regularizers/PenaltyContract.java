package org.sparring.regularizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.Gradients;
import org.sparring.graph.ScratchGraph;
import org.sparring.replicas.RandomRows;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TFloat32;

/** What every penalty promises; each penalty's test inherits it. */
abstract class PenaltyContract {
  static final long[] SEED = {5, 7};

  private final ScratchGraph graph = new ScratchGraph();

  abstract Penalty penalty();

  /** The penalty's value where every slope ‖∇D‖ is this. */
  abstract double atSlope(double slope);

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void aLinearCriticHasOneSlopeEverywhere() {
    // D(x) = wᵀx, ∇D = w = (3, 4)
    var w = graph.input(Shape.of(2, 1), 3, 4);
    assertClose(atSlope(5), value(linear(w), samples(3, Shape.of(2))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theNormIsOverAllAxesOfAnImageAndOfNoOther(int batch) {
    // w = (1, 1, 1, 1, 2, 2, 2, 3) over 2×2×2, ‖w‖ = 5; the batch is no part of it
    var w = graph.input(Shape.of(8, 1), 1, 1, 1, 1, 2, 2, 2, 3);
    assertClose(atSlope(5), value(linear(w), samples(batch, Shape.of(2, 2, 2))));
  }

  @Test
  void theNormOfAPackIsOverTheValuesOfItsSamples() {
    // two packs of two points: ∇D of a pack is w = (1, 2, 2, 4), ‖w‖ = 5
    var w = graph.input(Shape.of(4, 1), 1, 2, 2, 4);
    assertClose(atSlope(5), value(linear(w), samples(4, Shape.of(2))));
  }

  @Test
  void anUnknownBatchIsPenalisedAlike() {
    var w = graph.input(Shape.of(4, 1), 1, 2, 2, 4);
    var x = graph.input(Shape.of(Shape.UNKNOWN_SIZE, 2, 2), GradientCheck.noise(12, 1));
    assertClose(atSlope(5), value(linear(w), x, x));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void gradientsForTheCriticsWeightsAreCentralDifferences(int batch) {
    // D(x) = Σ v (Wx)², whose slope depends on x and on every weight
    var w = graph.input(Shape.of(4, 3), GradientCheck.noise(12, 1));
    var v = graph.input(Shape.of(3, 1), 1, 2, -1);
    Critic squares =
        (tf, x) -> tf.linalg.matMul(tf.math.square(tf.linalg.matMul(flat(tf, x, 4), w)), v);
    GradientCheck.check(graph, of(squares, samples(batch, Shape.of(2, 1, 2))), List.of(w, v));
  }

  @Test
  void aCriticThatIsFlatHasAFiniteGradient() {
    var w = graph.input(Shape.of(2, 1), 0, 0);
    Operand<TFloat32> penalty = of(linear(w), samples(3, Shape.of(2)));
    assertClose(atSlope(0), graph.floats(penalty)[0]);
    for (float g : graph.floats(Gradients.of(graph.tf(), penalty, List.of(w)).get(0))) {
      assertTrue(Float.isFinite(g), "" + g);
    }
  }

  /** D(x) = ½‖x‖², so that ∇D(x) = x: the value of the penalty shows where it is evaluated. */
  static Critic halfSquare() {
    return (tf, x) ->
        tf.math.mul(
            tf.constant(0.5f),
            tf.sum(tf.math.square(x), tf.constant(new int[] {1}), Sum.keepDims(true)));
  }

  double value(Critic critic, float[] reals, float[] fakes) {
    Shape points = Shape.of(reals.length / 2, 2);
    return value(critic, graph.input(points, reals), graph.input(points, fakes));
  }

  ScratchGraph graph() {
    return graph;
  }

  private double value(Critic critic, List<Placeholder<TFloat32>> samples) {
    return value(critic, samples.get(0), samples.get(1));
  }

  private double value(Critic critic, Operand<TFloat32> reals, Operand<TFloat32> fakes) {
    Operand<TFloat32> penalty = of(critic, reals, fakes);
    assertEquals(Shape.scalar(), penalty.shape());
    return graph.floats(penalty)[0];
  }

  private Operand<TFloat32> of(Critic critic, List<Placeholder<TFloat32>> samples) {
    return of(critic, samples.get(0), samples.get(1));
  }

  private Operand<TFloat32> of(Critic critic, Operand<TFloat32> reals, Operand<TFloat32> fakes) {
    return penalty()
        .of(graph.tf(), critic, reals, fakes, RandomRows.single(graph.tf().constant(SEED)));
  }

  /** Real and generated ones. */
  private List<Placeholder<TFloat32>> samples(int batch, Shape sample) {
    Shape shape = Shape.of(batch).append(sample);
    int size = Math.toIntExact(shape.size());
    return List.of(
        graph.input(shape, GradientCheck.noise(size, 3)),
        graph.input(shape, GradientCheck.noise(size, 4)));
  }

  /** wᵀx over as many values as there are weights, be they of a sample or of a pack. */
  private static Critic linear(Placeholder<TFloat32> w) {
    return (tf, x) -> tf.linalg.matMul(flat(tf, x, Math.toIntExact(w.shape().get(0))), w);
  }

  private static Operand<TFloat32> flat(Ops tf, Operand<TFloat32> x, int values) {
    return tf.reshape(x, tf.constant(new int[] {-1, values}));
  }

  private static void assertClose(double expected, double found) {
    assertEquals(expected, found, 1e-5 * Math.max(1, Math.abs(expected)));
  }
}
