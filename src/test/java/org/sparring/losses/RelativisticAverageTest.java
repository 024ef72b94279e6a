package org.sparring.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class RelativisticAverageTest extends AdversarialLossContract {
  @Override
  AdversarialLoss loss() {
    return new RelativisticAverage();
  }

  @Override
  boolean isInvariantToACommonShift() {
    return true;
  }

  @Override
  boolean isAMeanOverTheBatch() {
    return false;
  }

  @Test
  void eachSampleIsJudgedAgainstTheMeanOfTheOtherKind() {
    // r − f̄ = log 3 and f − r̄ = −log 3: log 4/3 twice; for the generator log 4 twice
    assertEquals(0.575364, discriminatorLoss(1 + LOG_3, 1), 1e-6);
    assertEquals(2.772589, generatorLoss(1 + LOG_3, 1), 1e-6);
    // r = (log 3, log 3), f = (2·log 3, −2·log 3), so f̄ = 0 and r̄ = log 3:
    // D: log 4/3 + ½(log(1 + 3) + log(1 + 1/27)) = 0.287682 + 0.711331
    // G: log(1 + 3) + ½(log(1 + 1/3) + log(1 + 27)) = 1.386294 + 1.809943
    float[] real = {LOG_3, LOG_3};
    float[] fake = {2 * LOG_3, -2 * LOG_3};
    assertEquals(0.999013, discriminatorLoss(real, fake), 2e-6);
    assertEquals(3.196237, generatorLoss(real, fake), 2e-6);
  }

  @Test
  void itsLogitIsNoLogOdds() {
    assertFalse(loss().logitIsLogOdds());
  }
}
