package org.sparring.alarms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HysteresisTest {
  /** Raises at 1 three times in a row, clears below .5 three times in a row. */
  private final Hysteresis state = new Hysteresis(1, 0.5, 3);

  @Test
  void raisesAtTheThresholdAfterAsManyReadingsInARow() {
    assertEquals("..^..", marks(1, 1, 1, 1, 1));
    assertTrue(state.isRaised());
  }

  @Test
  void aReadingBelowBeginsTheCountAgain() {
    assertEquals(".....^", marks(1, 1, 0.99, 1, 1, 1));
  }

  @Test
  void clearsBelowTheLowerThresholdOnlyAndAsPatiently() {
    assertEquals("..^", marks(2, 2, 2));
    // between the thresholds, and at the lower one, nothing is over
    assertEquals("......", marks(0.7, 0.7, 0.7, 0.5, 0.5, 0.5));
    assertEquals(".....", marks(0.4, 0.4, 0.5, 0.4, 0.4));
    assertEquals("v", marks(0.4));
    assertFalse(state.isRaised());
  }

  @Test
  void isRaisedAgainAfterItWasCleared() {
    assertEquals("..^..v..^", marks(1, 1, 1, 0, 0, 0, 1, 1, 1));
  }

  @Test
  void aLevelThatIsNoNumberChangesNothingAndBreaksTheRow() {
    assertEquals(".....^", marks(1, 1, Double.NaN, 1, 1, 1));
    assertEquals(".....v", marks(0, 0, Double.NaN, 0, 0, 0));
    assertEquals("..^", marks(Double.POSITIVE_INFINITY, 1, 1));
  }

  @Test
  void withAPatienceOfOneItAnswersAtOnce() {
    Hysteresis hasty = new Hysteresis(6, 3, 1);
    assertFalse(hasty.changes(5));
    assertTrue(hasty.changes(6));
    assertFalse(hasty.changes(3));
    assertTrue(hasty.changes(2));
  }

  /** A sign a reading: raised, cleared, or nothing new. */
  private String marks(double... levels) {
    StringBuilder marks = new StringBuilder();
    for (double level : levels) {
      boolean changed = state.changes(level);
      marks.append(!changed ? '.' : state.isRaised() ? '^' : 'v');
    }
    return marks.toString();
  }
}
