package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GreatArcTest {
  @Test
  void halfwayOnAQuarterCircleLiesTheDiagonal() {
    // Ω = 90°: sin 45°/sin 90° = √½ of each
    float root = (float) Math.sqrt(0.5);
    assertArrayEquals(new float[] {root, root}, arc(0.5, 1, 0, 0, 1), 1e-7f);
  }

  @Test
  void aThirdOfAQuarterCircleIsThirtyDegrees() {
    // (cos 30°, sin 30°), and in the plane of two axes of three dimensions
    assertArrayEquals(new float[] {0.8660254f, 0.5f}, arc(1 / 3.0, 1, 0, 0, 1), 1e-7f);
    assertArrayEquals(new float[] {0, 0.8660254f, 0.5f}, arc(1 / 3.0, 0, 1, 0, 0, 0, 1), 1e-7f);
  }

  @Test
  void vectorsOfTwoLengthsMixByTheSameWeights() {
    // a = (2, 0), b = (0, 4): √½·2 and √½·4
    assertArrayEquals(new float[] {1.4142135f, 2.828427f}, arc(0.5, 2, 0, 0, 4), 1e-6f);
  }

  @Test
  void theEndsAreTheVectors() {
    float[] a = {0.3f, -2, 1.5f};
    float[] b = {-1, 0.25f, 0.125f};
    assertArrayEquals(a, GreatArc.between(a, b, 0));
    assertArrayEquals(b, GreatArc.between(a, b, 1));
  }

  @Test
  void parallelOppositeAndZeroVectorsFallBackToTheLine() {
    assertArrayEquals(new float[] {1.5f, 3}, arc(0.5, 1, 2, 2, 4), 1e-6f);
    assertArrayEquals(new float[] {0.5f, 1}, arc(0.25, 1, 2, -1, -2), 1e-6f);
    assertArrayEquals(new float[] {0.5f, 1}, arc(0.5, 0, 0, 1, 2), 1e-6f);
  }

  @Test
  void unitVectorsStayOnTheSphere() {
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      float[] a = unit(random);
      float[] point = GreatArc.between(a, unit(random), random.nextDouble());
      assertEquals(1, norm(point), 1e-5, "seed " + seed + ", case " + i);
    }
  }

  private static float[] arc(double t, float... both) {
    int half = both.length / 2;
    float[] a = Arrays.copyOf(both, half);
    float[] b = Arrays.copyOfRange(both, half, both.length);
    return GreatArc.between(a, b, t);
  }

  private static float[] unit(Random random) {
    float[] v = new float[5];
    for (int i = 0; i < v.length; i++) {
      v[i] = (float) random.nextGaussian();
    }
    double norm = norm(v);
    for (int i = 0; i < v.length; i++) {
      v[i] = (float) (v[i] / norm);
    }
    return v;
  }

  private static double norm(float[] v) {
    double sum = 0;
    for (float value : v) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
