package org.sparring.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

  @Test
  void aGivenPaceStays() {
    Pace pace = Pace.of(7);
    for (int i = 0; i < 100; i++) {
      pace.took(7, 1000);
      assertEquals(7, pace.steps());
    }
  }

  /** The shortest of 16 steps decides; the first ones build kernels and are no measure. */
  @ParameterizedTest
  @CsvSource({"500000, 128", "2000000, 128", "2000001, 1", "150000000, 1"})
  void anAutomaticPaceIsLongWhereStepsAreShort(long nanos, int expected) {
    Pace pace = Pace.automatic();
    for (int i = 0; i < 16; i++) {
      assertEquals(1, pace.steps());
      pace.took(1, i == 9 ? nanos : 900_000_000);
    }
    assertEquals(expected, pace.steps());
    pace.took(1, 1);
    assertEquals(expected, pace.steps());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 129})
  void anotherNumberOfStepsIsRefused(int steps) {
    assertEquals(
        "a run must be of 1 to 128 steps, found " + steps,
        assertThrows(TrainingException.class, () -> Pace.of(steps)).getMessage());
  }
}
