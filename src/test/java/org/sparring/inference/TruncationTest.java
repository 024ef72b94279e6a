package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.graph.ScratchGraph;
import org.sparring.nets.Latent;
import org.sparring.nets.Latent.Distribution;
import org.tensorflow.op.Ops;

class TruncationTest {
  private static final float[] Z = {-6, -5.5f, -4, -2, -1, -0.1f, 0, 0.1f, 1, 2, 4, 5.5f, 6};

  @ParameterizedTest
  @ValueSource(floats = {0.1f, 0.5f, 1, 2, 4, 8, 30})
  void normalsAreBoundedFiniteAndStayInOrder(float threshold) {
    float[] truncated = truncate(Distribution.NORMAL, threshold, Z);
    for (int i = 0; i < Z.length; i++) {
      assertTrue(Math.abs(truncated[i]) <= threshold, Z[i] + " became " + truncated[i]);
      assertTrue(i == 0 || truncated[i] >= truncated[i - 1], "at " + Z[i]);
    }
    assertEquals(0, truncated[6], 1e-6);
  }

  @Test
  void aComponentKeepsItsQuantile() {
    // ψ = 1: Φ(−1) = .158655, mass .682689; z = 1 has Φ = .841345, so q = .733033 and
    // Φ⁻¹(q) = .621993
    assertEquals(0.621993, truncate(Distribution.NORMAL, 1, 1)[0], 1e-4);
    assertEquals(-0.621993, truncate(Distribution.NORMAL, 1, -1)[0], 1e-4);
  }

  @Test
  void aWideThresholdLeavesNormalsAlone() {
    float[] z = {-3, -1, 0, 0.5f, 2, 3};
    assertArrayEquals(z, truncate(Distribution.NORMAL, 8, z), 2e-3f);
  }

  @Test
  void uniformsAreScaled() {
    assertArrayEquals(
        new float[] {-0.5f, 0.25f}, truncate(Distribution.UNIFORM, 0.5f, -1, 0.5f), 1e-7f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NORMAL", "UNIFORM"})
  void zeroIsNoTruncation(Distribution distribution) {
    assertArrayEquals(Z, truncate(distribution, 0, Z));
  }

  private static float[] truncate(Distribution distribution, float threshold, float... z) {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      Latent latent = new Latent(1, distribution);
      return graph.floats(Truncation.apply(tf, latent, tf.constant(z), tf.constant(threshold)));
    }
  }
}
