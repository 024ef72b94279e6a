package org.sparring.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.errors.TrainingException;

class StepsPerCallTest {

  @Test
  void aGivenPaceStays() {
    StepsPerCall pace = StepsPerCall.of(7);
    for (int i = 0; i < 100; i++) {
      pace.took(7, 1000);
      assertEquals(7, pace.steps());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "500000, 400000, 128", // a tenth of a step is a call
    "2000000, 1900000, 128",
    "2000000, 1900001, 1", // less than a twentieth saved
    "500000, 600000, 1", // slower at once
  })
  void anAutomaticPaceTriesManyStepsAtOnceAndKeepsThemWhereTheyAreFaster(
      long alone, long atOnce, int expected) {
    StepsPerCall pace = StepsPerCall.automatic();
    alone(pace, alone);
    for (int run = 0; run < 5; run++) {
      assertEquals(128, pace.steps());
      // the first builds kernels, and a neighbour slows another
      pace.took(20, run == 3 ? atOnce : 900_000_000);
      // where a listener stops every step nothing is learnt
      pace.took(1, 1);
    }
    assertEquals(expected, pace.steps());
    pace.took(1, 1);
    pace.took(100, 1_000_000_000);
    assertEquals(expected, pace.steps());
  }

  @Test
  void longStepsAreNotTried() {
    StepsPerCall pace = StepsPerCall.automatic();
    alone(pace, 2_000_001);
    assertEquals(1, pace.steps());
  }

  /** Three blocks of 16, of which the first builds kernels and the last has a neighbour. */
  private static void alone(StepsPerCall pace, long nanos) {
    for (int step = 0; step < 48; step++) {
      assertEquals(1, pace.steps());
      pace.took(1, step / 16 == 1 ? nanos : 900_000_000);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 129})
  void anotherNumberOfStepsIsRefused(int steps) {
    assertEquals(
        "expected 1 to 128 steps per call, found " + steps,
        assertThrows(TrainingException.class, () -> StepsPerCall.of(steps)).getMessage());
  }
}
