package org.sparring.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

/**
 * Measured moments against closed forms. With n values the measured deviation is off by about
 * σ/√(2n), and the mean by σ/√n: 0.4 % and 0.6 % of σ at the smallest n here, 32768. A lost factor
 * of two in a fan is 41 %, so 3 % is far from both.
 */
class InitializerTest {
  private static final Shape CONVOLUTION = Shape.of(4, 4, 64, 128);
  private static final Shape TRANSPOSED = Shape.of(4, 4, 64, 128); // 64 out, 128 in
  private static final Shape DENSE = Shape.of(128, 256);

  @Test
  void normalHasTheDeviationItIsGiven() {
    assertDeviation(0.02, Initializer.normal(0.02f), CONVOLUTION, Fans.of(CONVOLUTION));
    assertDeviation(0.02, Initializer.normal(0.02f), TRANSPOSED, Fans.transposed(TRANSPOSED));
    assertDeviation(0.02, Initializer.normal(0.02f), DENSE, Fans.of(DENSE));
  }

  @Test
  void heNormalIsTheRootOfTwoOverFanIn() {
    // fan-in 4·4·64 = 1024, 4·4·128 = 2048, 128
    assertDeviation(
        Math.sqrt(2 / 1024.0), Initializer.heNormal(), CONVOLUTION, Fans.of(CONVOLUTION));
    assertDeviation(
        Math.sqrt(2 / 2048.0), Initializer.heNormal(), TRANSPOSED, Fans.transposed(TRANSPOSED));
    assertDeviation(Math.sqrt(2 / 128.0), Initializer.heNormal(), DENSE, Fans.of(DENSE));
  }

  @Test
  void glorotUniformHasTwoOverTheSumOfFansAsVarianceAndStaysInItsBounds() {
    // U(−a, a) has variance a²/3 with a² = 6 / (in + out); fans 1024 + 2048, 128 + 256
    assertDeviation(
        Math.sqrt(2 / 3072.0), Initializer.glorotUniform(), CONVOLUTION, Fans.of(CONVOLUTION));
    assertDeviation(
        Math.sqrt(2 / 3072.0),
        Initializer.glorotUniform(),
        TRANSPOSED,
        Fans.transposed(TRANSPOSED));
    assertDeviation(Math.sqrt(2 / 384.0), Initializer.glorotUniform(), DENSE, Fans.of(DENSE));
    double bound = Math.sqrt(6 / 384.0);
    for (float value : values(Initializer.glorotUniform(), DENSE, Fans.of(DENSE), 1)) {
      assertTrue(Math.abs(value) <= bound * 1.000001, "" + value);
    }
  }

  @Test
  void orthogonalSpreadsItsGainOverTheLongerSide() {
    // unit columns of 4·4·64 = 1024 rows: mean square 1/1024; of a (128, 256) matrix: 1/256
    assertDeviation(1.5 / 32, Initializer.orthogonal(1.5f), CONVOLUTION, Fans.of(CONVOLUTION));
    assertDeviation(1.5 / 16, Initializer.orthogonal(1.5f), DENSE, Fans.of(DENSE));
  }

  @Test
  void orthogonalColumnsOfATallMatrixAreOrthogonalWithTheGainAsLength() {
    // QᵀQ = gain² I
    float[] q = values(Initializer.orthogonal(1.5f), Shape.of(3, 3, 2, 7), new Fans(1, 1), 1);
    assertScaledIdentity(2.25, transposed(q, 18, 7), 7, 18);
  }

  @Test
  void orthogonalRowsOfAWideMatrixAreOrthogonalWithTheGainAsLength() {
    // QQᵀ = gain² I
    float[] q = values(Initializer.orthogonal(1.5f), Shape.of(5, 12), new Fans(1, 1), 1);
    assertScaledIdentity(2.25, q, 5, 12);
  }

  @Test
  void orthogonalSignsAreAsOftenNegativeAsPositive() {
    // 200 seeds of a 1×1 kernel: Q is ±1. Without the sign of R it would always be the same.
    int positive = 0;
    for (int seed = 0; seed < 200; seed++) {
      float[] q = values(Initializer.orthogonal(1), Shape.of(1, 1), new Fans(1, 1), seed);
      assertEquals(1, Math.abs(q[0]), 1e-6);
      positive += q[0] > 0 ? 1 : 0;
    }
    // 100 ± 7 in one deviation
    assertTrue(positive > 50 && positive < 150, positive + " of 200 are positive");
  }

  @Test
  void constantIsTheSameEverywhere() {
    float[] expected = new float[6];
    Arrays.fill(expected, 0.25f);
    float[] found = values(Initializer.constant(0.25f), Shape.of(2, 3), new Fans(1, 1), 1);
    assertArrayEquals(expected, found);
  }

  private static void assertDeviation(double expected, Initializer made, Shape shape, Fans fans) {
    float[] values = values(made, shape, fans, 1);
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / values.length;
    assertEquals(0, mean, 0.03 * expected, "mean of " + shape);
    double deviation = Math.sqrt(squares / values.length - mean * mean);
    assertEquals(expected, deviation, 0.03 * expected, "deviation of " + shape);
  }

  /** The rows' products with each other are factor·I. */
  private static void assertScaledIdentity(double factor, float[] matrix, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < rows; j++) {
        double dot = 0;
        for (int k = 0; k < columns; k++) {
          dot += (double) matrix[i * columns + k] * matrix[j * columns + k];
        }
        assertEquals(i == j ? factor : 0, dot, 1e-5, i + " · " + j);
      }
    }
  }

  private static float[] transposed(float[] matrix, int rows, int columns) {
    float[] transposed = new float[matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      transposed[i % columns * rows + i / columns] = matrix[i];
    }
    return transposed;
  }

  private static float[] values(Initializer made, Shape shape, Fans fans, long seed) {
    try (ScratchGraph graph = new ScratchGraph()) {
      var key = graph.tf().constant(new long[] {seed, 0});
      return graph.floats(made.values(graph.tf(), shape, fans, key));
    }
  }
}
