package org.sparring.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HalvedMinimaxTest extends AdversarialLossContract {
  @Override
  AdversarialLoss loss() {
    return new Minimax(true);
  }

  @Test
  void bothPlayersLossesAreHalved() {
    // ½ log 16/3 and ½ log ¼: see MinimaxTest
    assertEquals(0.836988, discriminatorLoss(LOG_3, LOG_3), 1e-6);
    assertEquals(-0.693147, generatorLoss(LOG_3, LOG_3), 1e-6);
  }
}
