package org.sparring.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MinimaxTest extends AdversarialLossContract {
  @Override
  AdversarialLoss loss() {
    return new Minimax();
  }

  @Test
  void atLogitsZeroTheDiscriminatorLosesTwiceLogTwo() {
    // D = ½ for both: −log ½ − log ½, and log(1 − ½)
    assertEquals(1.386294, discriminatorLoss(0, 0), 1e-6);
    assertEquals(-0.693147, generatorLoss(0, 0), 1e-6);
  }

  @Test
  void atThreeToOneTheLossesAreLogsOfQuarters() {
    // D(x) = ¾, D(G(z)) = ¾: −log ¾ − log ¼ = log 16/3, and log ¼
    assertEquals(1.673976, discriminatorLoss(LOG_3, LOG_3), 1e-6);
    assertEquals(-1.386294, generatorLoss(LOG_3, LOG_3), 1e-6);
    // D(x) = ¾, D(G(z)) = ¼: −2 log ¾, and log ¾; this case distinguishes the two terms
    assertEquals(0.575364, discriminatorLoss(LOG_3, -LOG_3), 1e-6);
    assertEquals(-0.287682, generatorLoss(LOG_3, -LOG_3), 1e-6);
  }

  @Test
  void theGeneratorsGradientPerLogitIsMinusPOverN() {
    // p = ¾, ½, ¼ and n = 3; it vanishes where the discriminator wins (p → 0)
    float[] gradient = generatorGradient(LOG_3, 0, -LOG_3);
    assertEquals(-0.75 / 3, gradient[0], 1e-6);
    assertEquals(-0.5 / 3, gradient[1], 1e-6);
    assertEquals(-0.25 / 3, gradient[2], 1e-6);
    assertEquals(0, generatorGradient(-20)[0], 1e-8);
  }

  @Test
  void theGameIsZeroSumInWhatTheGeneratorCanMove() {
    // d loss: the parts that depend on the fake logit cancel
    double before = discriminatorLoss(0.3f, -1) + generatorLoss(0.3f, -1);
    double after = discriminatorLoss(0.3f, 2) + generatorLoss(0.3f, 2);
    assertEquals(before, after, 1e-6);
  }

  @Test
  void itsLogitIsTheLogOddsOfTheOptimalDiscriminator() {
    assertTrue(loss().logitIsLogOdds());
  }
}
