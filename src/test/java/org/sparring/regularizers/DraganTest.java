package org.sparring.regularizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.sparring.errors.RegularizerException;
import org.sparring.replicas.RandomRows;

class DraganTest extends PenaltyContract {
  @Override
  Penalty penalty() {
    return new Dragan(10, 4);
  }

  @Override
  double atSlope(double slope) {
    return 10 * (slope - 1) * (slope - 1);
  }

  @Test
  void theSlopeIsThatAtRealSamplesWithNoise() {
    // ∇D(x) = x. Real 0: ‖x + δ‖ = √4·‖n‖ with n standard normal
    var tf = graph().tf();
    var draw = tf.random.statelessRandomNormal(tf.constant(new int[] {3, 2}), tf.constant(SEED));
    float[] n = graph().floats(draw);
    double expected = 0;
    for (int i = 0; i < 6; i += 2) {
      expected += 10 * Math.pow(2 * Math.hypot(n[i], n[i + 1]) - 1, 2) / 3;
    }
    float[] elsewhere = {9, 9, 9, 9, 9, 9};
    assertEquals(expected, value(halfSquare(), new float[6], elsewhere), 1e-3);
  }

  @Test
  void withoutNoiseItLooksAtTheRealSamples() {
    var still = new Dragan(10, 0);
    var tf = graph().tf();
    var x = tf.constant(new float[][] {{3, 4}});
    var penalty = still.of(tf, halfSquare(), x, x, RandomRows.single(tf.constant(SEED)));
    assertEquals(160, graph().floats(penalty)[0], 1e-3);
  }

  @Test
  void negativeNumbersAreRefusedByName() {
    assertRefused("lambda of DRAGAN must be a finite number of at least 0, found -1.0", -1, 1);
    assertRefused("c of DRAGAN must be a finite number of at least 0, found -2.0", 1, -2);
  }

  private static void assertRefused(String message, float lambda, float c) {
    var e = assertThrows(RegularizerException.class, () -> new Dragan(lambda, c));
    assertEquals(message, e.getMessage());
  }
}
