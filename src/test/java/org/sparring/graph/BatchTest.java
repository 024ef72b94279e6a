package org.sparring.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparring.errors.GraphException;
import org.tensorflow.op.Ops;

/** Named tensors. */
class BatchTest {
  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();
  private final Batch batch =
      Batch.of("latent", tf.constant(new float[] {1, 2})).with("label", tf.constant(new int[2]));

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void tensorsKeepTheirOrderAndIdentity() {
    assertEquals(List.of("latent", "label"), List.copyOf(batch.names()));
    assertSame(batch.byName().get("label").asOutput(), batch.integers("label").asOutput());
    assertEquals(List.of("label"), List.copyOf(batch.without("latent").names()));
    assertEquals(List.of("label"), List.copyOf(batch.only("label").names()));
    assertEquals(Batch.NONE, batch.only("image"));
    assertFalse(batch.without("label").has("label"));
    Batch image = Batch.of("image", tf.constant(3f));
    assertEquals(List.of("latent", "label", "image"), List.copyOf(batch.with(image).names()));
    assertEquals(3, graph.floats(batch.with("latent", tf.constant(3f)).floats("latent"))[0]);
  }

  @Test
  void missingTensorsAndOtherTypesAreRefused() {
    assertEquals(
        "expected real numbers named image, found [latent, label]",
        assertThrows(GraphException.class, () -> batch.floats("image")).getMessage());
    assertEquals(
        "expected whole numbers named latent, found TFloat32",
        assertThrows(GraphException.class, () -> batch.integers("latent")).getMessage());
  }
}
