package org.sparring.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class WassersteinTest extends AdversarialLossContract {
  @Override
  AdversarialLoss loss() {
    return new Wasserstein();
  }

  @Test
  void theDiscriminatorsLossIsTheNegativeDifferenceOfMeans() {
    // −(3 − (−2)), and 2; means of (1, 3) and (−2, 6): −(2 − 2) and −2
    assertEquals(-5, discriminatorLoss(3, -2), 1e-6);
    assertEquals(2, generatorLoss(3, -2), 1e-6);
    assertEquals(0, discriminatorLoss(new float[] {1, 3}, new float[] {-2, 6}), 1e-6);
    assertEquals(-2, generatorLoss(new float[] {1, 3}, new float[] {-2, 6}), 1e-6);
  }

  @Test
  void aCommonShiftMovesTheGeneratorsLossAlone() {
    assertEquals(discriminatorLoss(3, -2), discriminatorLoss(10, 5), 1e-6);
    assertEquals(generatorLoss(3, -2) - 7, generatorLoss(10, 5), 1e-6);
  }

  @Test
  void itsLogitIsNoLogOdds() {
    assertFalse(loss().logitIsLogOdds());
  }
}
