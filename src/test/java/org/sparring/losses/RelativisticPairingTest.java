package org.sparring.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.sparring.errors.LossException;

class RelativisticPairingTest extends AdversarialLossContract {
  @Override
  AdversarialLoss loss() {
    return new RelativisticPairing();
  }

  @Override
  boolean isInvariantToACommonShift() {
    return true;
  }

  @Test
  void atALeadOfLogThreeTheLossesAreLogsOfThirds() {
    // r − f = log 3: log(1 + 1/3) for the discriminator, log(1 + 3) for the generator
    assertEquals(0.287682, discriminatorLoss(1 + LOG_3, 1), 1e-6);
    assertEquals(1.386294, generatorLoss(1 + LOG_3, 1), 1e-6);
    assertEquals(0.693147, discriminatorLoss(5, 5), 1e-6);
    assertEquals(0.693147, generatorLoss(5, 5), 1e-6);
  }

  @Test
  void pairsAreMadeByIndex() {
    // leads (log 3, log 3) against (2·log 3, 0): log 4/3, and ½(log(1 + 1/9) + log 2) = 0.399254
    assertEquals(
        0.287682, discriminatorLoss(new float[] {LOG_3, 0}, new float[] {0, -LOG_3}), 1e-6);
    assertEquals(
        0.399254, discriminatorLoss(new float[] {LOG_3, 0}, new float[] {-LOG_3, 0}), 1e-6);
  }

  @Test
  void batchesOfDifferentSizesAreRefused() {
    var e =
        assertThrows(
            LossException.class, () -> discriminatorLoss(new float[] {1, 2}, new float[] {3}));
    assertEquals(
        "pairing needs as many real logits as generated ones, found [2, 1] and [1, 1]",
        e.getMessage());
  }

  @Test
  void itsLogitIsNoLogOdds() {
    assertFalse(loss().logitIsLogOdds());
  }
}
