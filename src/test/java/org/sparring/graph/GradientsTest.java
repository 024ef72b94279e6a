package org.sparring.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparring.errors.GraphException;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class GradientsTest {
  @Test
  void theGradientOfASumOfCubesIsThreeTimesTheSquares() {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      var x = graph.input(Shape.of(3), 1, -2, 3);
      var gradient = Gradients.of(tf, cubes(tf, x), List.of(x)).get(0);
      // 3x² = 3, 12, 27
      assertArrayEquals(new float[] {3, 12, 27}, graph.floats(gradient));
    }
  }

  @Test
  void aGradientCanBeDifferentiatedAgain() {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      var x = graph.input(Shape.of(3), 1, -2, 3);
      var gradient = Gradients.of(tf, cubes(tf, x), List.of(x)).get(0);
      var second = Gradients.of(tf, tf.sum(gradient, tf.constant(0)), List.of(x)).get(0);
      // 6x
      assertArrayEquals(new float[] {6, -12, 18}, graph.floats(second));
    }
  }

  @Test
  void anOperandThatTheScalarDoesNotDependOnIsNamed() {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      var x = graph.input(Shape.of(2), 1, 2);
      var stranger = tf.withName("stranger").constant(new float[] {3});
      var e =
          assertThrows(
              GraphException.class, () -> Gradients.of(tf, cubes(tf, x), List.of(x, stranger)));
      assertTrue(e.getMessage().contains("node 'stranger'"), e.getMessage());
    }
  }

  @Test
  void anOperandBehindAStoppedGradientIsNamed() {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      var x = tf.withName("stopped").constant(new float[] {3});
      var e =
          assertThrows(
              GraphException.class,
              () -> Gradients.of(tf, cubes(tf, tf.stopGradient(x)), List.of(x)));
      assertTrue(e.getMessage().contains("stopped"), e.getMessage());
    }
  }

  /** Σ x³ + Σ x² + Σ x of what is passed on, and Σ 5x of what is not: 3x² + 2x + 1 + 5. */
  @Test
  void whatIsSetApartHasTheSameValueAndGradient() {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      var x = graph.input(Shape.of(3), 1, -2, 3);
      Operand<TFloat32> apart = Gradients.apart(tf, x);
      assertEquals(x.shape(), apart.shape());
      assertArrayEquals(new float[] {1, -2, 3}, graph.floats(apart));
      var gradient = Gradients.of(tf, readFourTimes(tf, x, apart), List.of(x)).get(0);
      assertArrayEquals(new float[] {11, 14, 39}, graph.floats(gradient));
      var second = Gradients.of(tf, tf.sum(gradient, tf.constant(0)), List.of(x)).get(0);
      // 6x + 2
      assertArrayEquals(new float[] {8, -10, 20}, graph.floats(second));
    }
  }

  @Test
  void gradientsOfWhatIsSetApartAreSummedFirst() {
    assertEquals(List.of("AddN of 4"), sums(false));
    assertEquals(List.of("AddN of 2", "AddN of 3", "EnsureShape of 1"), sums(true));
  }

  /** The sums of gradients that run, and what keeps TensorFlow from joining them. */
  private static List<String> sums(boolean isApart) {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      var x = graph.input(Shape.of(3), 1, -2, 3);
      var loss = readFourTimes(tf, x, isApart ? Gradients.apart(tf, x) : x);
      var gradient = Gradients.of(tf, loss, List.of(x)).get(0);
      return graph.nodesRun(gradient).stream()
          .filter(node -> List.of("AddN", "EnsureShape").contains(node.getOp()))
          .map(node -> node.getOp() + " of " + node.getInputCount())
          .sorted()
          .toList();
    }
  }

  private static Operand<TFloat32> readFourTimes(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> apart) {
    Operand<TFloat32> five = tf.math.mul(tf.constant(5f), x);
    Operand<TFloat32> cube = tf.math.pow(apart, tf.constant(3f));
    Operand<TFloat32> sum = tf.math.add(tf.math.square(apart), tf.math.add(apart, five));
    return tf.sum(tf.math.add(cube, sum), tf.constant(0));
  }

  private static Operand<TFloat32> cubes(Ops tf, Operand<TFloat32> x) {
    return tf.sum(tf.math.mul(x, tf.math.mul(x, x)), tf.constant(0));
  }
}
