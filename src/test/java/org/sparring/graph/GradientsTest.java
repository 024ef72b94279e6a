package org.sparring.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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

  private static Operand<TFloat32> cubes(Ops tf, Operand<TFloat32> x) {
    return tf.sum(tf.math.mul(x, tf.math.mul(x, x)), tf.constant(0));
  }
}
