package org.sparring.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class HingeTest extends AdversarialLossContract {
  @Override
  AdversarialLoss loss() {
    return new Hinge();
  }

  /** Within the margins, (−1, 1). */
  @Override
  float withinReach(float logit) {
    return (float) Math.tanh(logit);
  }

  @Test
  void samplesWithinTheMarginCostTheirDistanceToIt() {
    // (1 − ¼) + (1 + ½), and −½
    assertEquals(2.25, discriminatorLoss(0.25f, 0.5f), 1e-6);
    assertEquals(-0.5, generatorLoss(0.25f, 0.5f), 1e-6);
    // a real sample beyond its margin is free: 0 + (1 − ½); so is a generated one: (1 + 2) + 0
    assertEquals(0.5, discriminatorLoss(3, -0.5f), 1e-6);
    assertEquals(3, discriminatorLoss(-2, -4), 1e-6);
    assertEquals(4, generatorLoss(-2, -4), 1e-6);
  }

  @Test
  void itsLogitIsNoLogOdds() {
    assertFalse(loss().logitIsLogOdds());
  }
}
