package org.sparring.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NonSaturatingTest extends AdversarialLossContract {
  @Override
  AdversarialLoss loss() {
    return new NonSaturating();
  }

  @Test
  void atLogitsZeroTheDiscriminatorLosesTwiceLogTwo() {
    // D = ½ for both: −log ½ − log ½, and −log ½
    assertEquals(1.386294, discriminatorLoss(0, 0), 1e-6);
    assertEquals(0.693147, generatorLoss(0, 0), 1e-6);
  }

  @Test
  void atThreeToOneTheLossesAreLogsOfQuarters() {
    // D(x) = ¾, D(G(z)) = ¾: −log ¾ − log ¼ = log 16/3, and −log ¾
    assertEquals(1.673976, discriminatorLoss(LOG_3, LOG_3), 1e-6);
    assertEquals(0.287682, generatorLoss(LOG_3, LOG_3), 1e-6);
    // D(x) = ¾, D(G(z)) = ¼: −2 log ¾, and −log ¼
    assertEquals(0.575364, discriminatorLoss(LOG_3, -LOG_3), 1e-6);
    assertEquals(1.386294, generatorLoss(LOG_3, -LOG_3), 1e-6);
  }

  @Test
  void theGeneratorsGradientPerLogitIsMinusOneMinusPOverN() {
    // p = ¾, ½, ¼ and n = 3; it is strongest where the discriminator wins (p → 0)
    float[] gradient = generatorGradient(LOG_3, 0, -LOG_3);
    assertEquals(-0.25 / 3, gradient[0], 1e-6);
    assertEquals(-0.5 / 3, gradient[1], 1e-6);
    assertEquals(-0.75 / 3, gradient[2], 1e-6);
    assertEquals(-1, generatorGradient(-20)[0], 1e-6);
  }

  @Test
  void itsLogitIsTheLogOddsOfTheOptimalDiscriminator() {
    assertTrue(loss().logitIsLogOdds());
  }
}
