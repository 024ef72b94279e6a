package org.sparring.optimizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.errors.OptimizerException;
import org.sparring.graph.ScratchGraph;

class WeightClipTest {
  @Test
  void whatLiesBeyondIsTheNearerEndAndTheRestStays() {
    try (ScratchGraph graph = new ScratchGraph()) {
      var weights = graph.tf().constant(new float[] {-3, -0.5f, -0.25f, 0, 0.25f, 0.5f, 3});
      assertArrayEquals(
          new float[] {-0.5f, -0.5f, -0.25f, 0, 0.25f, 0.5f, 0.5f},
          graph.floats(new WeightClip(0.5f).of(graph.tf(), weights)));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -0.01f, Float.NaN, Float.POSITIVE_INFINITY})
  void aBoundIsPositive(float bound) {
    assertEquals(
        "a clip's bound must be positive, found " + bound,
        assertThrows(OptimizerException.class, () -> new WeightClip(bound)).getMessage());
  }
}
