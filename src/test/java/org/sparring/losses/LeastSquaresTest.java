package org.sparring.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class LeastSquaresTest extends AdversarialLossContract {
  @Override
  AdversarialLoss loss() {
    return new LeastSquares();
  }

  /** Between the targets 0 and 1. */
  @Override
  float withinReach(float logit) {
    return (float) (1 / (1 + Math.exp(-logit)));
  }

  @Test
  void lossesAreHalvesOfSquaredDistancesToTheTargets() {
    // ½(3 − 1)² + ½(−2)² = 2 + 2 and ½(−2 − 1)²
    assertEquals(4, discriminatorLoss(3, -2), 1e-6);
    assertEquals(4.5, generatorLoss(3, -2), 1e-6);
    // ½(1 − 1)² + ½·5² distinguishes the two terms
    assertEquals(12.5, discriminatorLoss(1, 5), 1e-6);
    assertEquals(8, generatorLoss(1, 5), 1e-6);
  }

  @Test
  void theGeneratorsGradientPerLogitIsItsDistanceToOneOverN() {
    float[] gradient = generatorGradient(-2, 0, 4);
    assertEquals(-3 / 3.0, gradient[0], 1e-6);
    assertEquals(-1 / 3.0, gradient[1], 1e-6);
    assertEquals(3 / 3.0, gradient[2], 1e-6);
  }

  @Test
  void itsLogitIsNoLogOdds() {
    assertFalse(loss().logitIsLogOdds());
  }
}
