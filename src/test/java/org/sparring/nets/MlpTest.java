package org.sparring.nets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparring.errors.NetException;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class MlpTest {
  @Test
  void imagesLieInTheRangeOfTanhAndAreJudged() {
    float largest = largestValue(Shape.of(5, 3, 2));
    assertTrue(largest <= 1, "" + largest);
  }

  @Test
  void pointsAreLinearAndLeaveTheRangeOfTanh() {
    float largest = largestValue(Shape.of(2));
    assertTrue(largest > 1, "" + largest);
  }

  @Test
  void parametersAreThoseCountedByHand() {
    // G: 3·7 + 7, 7·7 + 7, 7·30 + 30; D: 30·7 + 7, 7·7 + 7, 7·1 + 1
    try (ScratchGraph graph = new ScratchGraph()) {
      Mlp mlp = new Mlp(Shape.of(5, 3, 2), 7, 2, 3);
      assertEquals(28 + 56 + 240, size(mlp.generator(graph.variables()).variables()));
      assertEquals(217 + 56 + 8, size(mlp.discriminator(graph.variables()).variables()));
    }
  }

  @Test
  void whatIsNoSampleAndNoNetIsRefusedByName() {
    assertRefused(
        "a sample is an image (height, width, channels) or a point (dimensions), found [4, 4]",
        Shape.of(4, 4),
        1,
        1,
        1);
    assertRefused("width must be at least 1, found 0", Shape.of(2), 0, 1, 1);
    assertRefused("depth must be at least 1, found 0", Shape.of(2), 1, 0, 1);
    assertRefused("latent must be at least 1, found -3", Shape.of(2), 1, 1, -3);
  }

  private static void assertRefused(
      String message, Shape sample, int width, int depth, int latent) {
    var e = assertThrows(NetException.class, () -> new Mlp(sample, width, depth, latent));
    assertEquals(message, e.getMessage());
  }

  /** Of a batch of 4 far latents; checks the shapes on the way. */
  private static float largestValue(Shape sample) {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      Mlp mlp = new Mlp(sample, 7, 2, 3);
      Generator g = mlp.generator(graph.variables());
      Discriminator d = mlp.discriminator(graph.variables());
      graph.initialize();
      var z = graph.input(Shape.of(4, 3), 9, -9, 4, -8, 7, 7, 5, 5, -5, 0, 9, 9);
      Operand<TFloat32> samples =
          g.generate(tf, Weights.read(tf, g.variables()), z, Pass.training());
      assertEquals(Shape.of(4).append(sample), samples.shape());
      var logits = d.judge(tf, Weights.read(tf, d.variables()), samples, Pass.training());
      assertEquals(Shape.of(4, 1), logits.shape());
      float largest = 0;
      for (float value : graph.floats(samples)) {
        largest = Math.max(largest, Math.abs(value));
      }
      return largest;
    }
  }

  private static long size(List<Variable<TFloat32>> variables) {
    return variables.stream().mapToLong(v -> v.shape().size()).sum();
  }
}
