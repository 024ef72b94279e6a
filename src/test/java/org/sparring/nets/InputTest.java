package org.sparring.nets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparring.errors.NetException;
import org.sparring.graph.Batch;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Weights;
import org.sparring.layers.Layers;
import org.sparring.layers.Pass;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;

/** Named inputs of generators. */
class InputTest {
  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void aGeneratorNamesItsInputs() {
    Generator echo =
        new LayeredGenerator(
            Layers.identity(), Input.floats("image", Shape.of(2)), Shape.of(2), List.of());
    assertEquals(List.of(0, 0), List.of(echo.latent(), echo.classes()));
    var x = tf.constant(new float[][] {{1, 2}});
    var made =
        echo.generate(tf, Weights.read(tf, List.of()), Batch.of("image", x), Pass.inference());
    assertArrayEquals(new float[] {1, 2}, graph.floats(made));
    Generator conditional =
        ConditionalTest.pair(Labelling.Kind.PROJECTION).generator(graph.variables());
    assertEquals(
        List.of("latent", "label"), conditional.inputs().stream().map(Input::name).toList());
  }

  @Test
  void anInputThatIsMissingOrWouldBeIgnoredIsRefused() {
    Generator echo = new LayeredGenerator(Layers.identity(), 2, Shape.of(2), List.of());
    Weights none = Weights.read(tf, List.of());
    var x = tf.constant(new float[][] {{1, 2}});
    Batch labelled = Batch.of("latent", x).with("label", tf.constant(new int[] {1}));
    for (Batch wrong : List.of(Batch.NONE, Batch.of("image", x), labelled)) {
      var e =
          assertThrows(NetException.class, () -> echo.generate(tf, none, wrong, Pass.inference()));
      String found = wrong == labelled ? "label, latent" : wrong.has("image") ? "image" : "none";
      assertEquals("expected the inputs latent of the network, found " + found, e.getMessage());
    }
  }

  /** A network between point sets: the input may have any shape. */
  @Test
  void anMlpMapsInputsOfAnyShape() {
    Input matrix = Input.floats("matrix", Shape.of(2, 3));
    Generator map = new Mlp(Shape.of(2), 4, 1, 1).generator(graph.variables(), matrix);
    assertEquals(List.of(matrix), map.inputs());
    var x = tf.constant(new float[5][2][3]);
    Weights weights = Weights.read(tf, map.variables());
    var made = map.generate(tf, weights, Batch.of("matrix", x), Pass.training());
    assertEquals(Shape.of(5, 2), made.shape());
  }
}
