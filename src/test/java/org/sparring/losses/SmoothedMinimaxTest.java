package org.sparring.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.errors.LossException;

class SmoothedMinimaxTest extends AdversarialLossContract {
  @Override
  AdversarialLoss loss() {
    return new Minimax(false, 0.25f);
  }

  /** Beyond σ(logit) = 1 − α a real sample is pulled back: below log 3 here. */
  @Override
  float withinReach(float logit) {
    return Math.min(logit, 1);
  }

  @Test
  void onlyTheDiscriminatorsRealTermIsSmoothed() {
    // α = ¼, D(x) = D(G(z)) = ¾: −¾·log ¾ − ¼·log ¼ − log ¼ = 1.948630; the generator's loss as
    // without
    assertEquals(1.948630, discriminatorLoss(LOG_3, LOG_3), 1e-6);
    assertEquals(-1.386294, generatorLoss(LOG_3, LOG_3), 1e-6);
    // D(x) = ¾, D(G(z)) = ¼: −¾·log ¾ − ¼·log ¼ − log ¾
    assertEquals(0.850017, discriminatorLoss(LOG_3, -LOG_3), 1e-6);
  }

  @Test
  void itsOptimumIsNoLogOddsAnyMore() {
    assertFalse(loss().logitIsLogOdds());
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, 1, Float.NaN})
  void smoothingOutsideItsRangeIsRefused(float smoothing) {
    var e = assertThrows(LossException.class, () -> new Minimax(false, smoothing));
    assertEquals(
        "label smoothing must be at least 0 and below 1, found " + smoothing, e.getMessage());
  }
}
