package org.sparring.regularizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.sparring.errors.RegularizerException;

class GradientPenaltyTest extends PenaltyContract {
  @Override
  Penalty penalty() {
    return new GradientPenalty(10);
  }

  @Override
  double atSlope(double slope) {
    return 10 * (slope - 1) * (slope - 1);
  }

  @Test
  void theSlopeIsThatOnTheLineBetweenARealAndAGeneratedSample() {
    // ∇D(x) = x. Real 0, fakes (3, 4): x̂ = (1 − ε)(3, 4), one ε a sample, ‖x̂‖ = 5(1 − ε)
    var tf = graph().tf();
    var draw = tf.random.statelessRandomUniform(tf.constant(new int[] {3, 1}), tf.constant(SEED));
    double expected = 0;
    for (float epsilon : graph().floats(draw)) {
      expected += 10 * Math.pow(5 * (1 - epsilon) - 1, 2) / 3;
    }
    float[] reals = new float[6];
    float[] fakes = {3, 4, 3, 4, 3, 4};
    assertEquals(expected, value(halfSquare(), reals, fakes), 1e-4);
  }

  @Test
  void aNegativeLambdaIsRefused() {
    var e = assertThrows(RegularizerException.class, () -> new GradientPenalty(-10));
    assertEquals(
        "lambda of the gradient penalty must be a finite number of at least 0, found -10.0",
        e.getMessage());
  }
}
