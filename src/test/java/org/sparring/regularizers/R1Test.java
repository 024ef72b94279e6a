package org.sparring.regularizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.sparring.errors.RegularizerException;
import org.sparring.graph.ScratchGraph;
import org.sparring.replicas.RandomRows;

class R1Test extends PenaltyContract {
  @Override
  Penalty penalty() {
    return new R1(0.2f);
  }

  @Override
  double atSlope(double slope) {
    return 0.1 * slope * slope;
  }

  @Test
  void theSlopeIsThatAtRealSamples() {
    // ∇D(x) = x: ½·.2·mean(3² + 4², 1² + 0²) = .1·13
    float[] reals = {3, 4, 1, 0};
    assertEquals(1.3, value(halfSquare(), reals, new float[] {9, 9, 9, 9}), 1e-6);
  }

  @Test
  void aNegativeGammaIsRefused() {
    var e = assertThrows(RegularizerException.class, () -> new R1(-1));
    assertEquals("gamma of R1 must be a finite number of at least 0, found -1.0", e.getMessage());
  }

  @Test
  void weightsThatComeFromTheSamplesAreHeldAsTheyAre() {
    // D(x) = w·x with w = Σ x = 2: ½·.2·2². Through w as well the slope would be w + x
    try (ScratchGraph graph = new ScratchGraph()) {
      var tf = graph.tf();
      var reals = tf.reshape(tf.constant(new float[] {2}), tf.constant(new int[] {1, 1}));
      var w = tf.sum(reals, tf.constant(new int[] {0, 1}));
      Critic trained = (ops, x) -> ops.math.mul(w, x);
      var key = tf.constant(new long[] {1, 2});
      float[] found = graph.floats(penalty().of(tf, trained, reals, reals, RandomRows.single(key)));
      assertEquals(0.4, found[0], 1e-6);
    }
  }
}
