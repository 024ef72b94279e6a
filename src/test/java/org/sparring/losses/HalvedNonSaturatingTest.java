package org.sparring.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HalvedNonSaturatingTest extends AdversarialLossContract {
  @Override
  AdversarialLoss loss() {
    return new NonSaturating(true);
  }

  @Test
  void theDiscriminatorsLossAloneIsHalved() {
    // ½ log 16/3 and −log ¾: see NonSaturatingTest
    assertEquals(0.836988, discriminatorLoss(LOG_3, LOG_3), 1e-6);
    assertEquals(0.287682, generatorLoss(LOG_3, LOG_3), 1e-6);
  }
}
