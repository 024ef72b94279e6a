package org.sparring.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.errors.OptimizerException;
import org.sparring.graph.ScratchGraph;

class LearningRateTest {
  @Test
  void constantIsTheSameAlways() {
    assertRates(LearningRate.constant(0.3f), new double[] {0.3, 0.3, 0.3, 0.3, 0.3, 0.3});
  }

  @Test
  void linearFallsToZeroAndStaysThere() {
    // 0.4·(1 − t/8)
    assertRates(LearningRate.linear(0.4f, 8), new double[] {0.4, 0.35, 0.2, 0.05, 0, 0});
  }

  @Test
  void aRateAfterAnotherCountsItsUpdatesFromThere() {
    // 0.4·(1 − t/4) for t < 2, then 0.4·½(1 + cos(π(t − 2)/8)): cos π/4 = .707107, cos 5π/8 =
    // −.382683, cos 3π/4 = −.707107
    LearningRate first = LearningRate.linear(0.4f, 4);
    assertRates(
        LearningRate.cosine(0.4f, 8).after(first, 2),
        new double[] {0.4, 0.3, 0.341421, 0.123463, 0.058579, 0});
  }

  @Test
  void constantThenLinearFallsInTheSecondHalf() {
    // 0.4 for t < 4, then 0.4·(1 − (t − 4)/4)
    assertRates(LearningRate.constantThenLinear(0.4f, 8), new double[] {0.4, 0.4, 0.4, 0.1, 0, 0});
    assertRates(LearningRate.constantThenLinear(0.4f, 1), new double[] {0.4, 0, 0, 0, 0, 0});
  }

  @Test
  void cosineFallsToZeroAndStaysThere() {
    // 0.4·½(1 + cos(πt/8)): cos π/8 = .923880, cos π/2 = 0, cos 7π/8 = −.923880
    assertRates(LearningRate.cosine(0.4f, 8), new double[] {0.4, 0.384776, 0.2, 0.015224, 0, 0});
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
  void aRateThatIsNotPositiveIsRefused(float rate) {
    var e = assertThrows(OptimizerException.class, () -> LearningRate.constant(rate));
    assertEquals("a learning rate must be positive, found " + rate, e.getMessage());
    assertThrows(OptimizerException.class, () -> LearningRate.linear(rate, 5));
    assertThrows(OptimizerException.class, () -> LearningRate.cosine(rate, 5));
  }

  @Test
  void aScheduleOfNoLengthIsRefusedWhereItIsMade() {
    var e = assertThrows(OptimizerException.class, () -> LearningRate.linear(1, 0));
    assertEquals("a schedule must last at least 1 update, found 0", e.getMessage());
    assertThrows(OptimizerException.class, () -> LearningRate.cosine(1, -4));
  }

  private static void assertRates(LearningRate rate, double[] expected) {
    long[] updates = {0, 1, 4, 7, 8, 1_000_000};
    try (ScratchGraph graph = new ScratchGraph()) {
      for (int i = 0; i < updates.length; i++) {
        float found = graph.floats(rate.at(graph.tf(), graph.tf().constant(updates[i])))[0];
        assertEquals(expected[i], found, 1e-6, "after " + updates[i]);
      }
    }
  }
}
