package org.sparring.benchmarks.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.benchmarks.timing.Measurement;

class StepTimerTest {
  private static Measurement measured(String words) {
    return StepTimer.measurement(StepConfiguration.of(List.of(words.split(" "))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "net=dcgan-8 width=4 batch=2 warm_up=1 steps=3",
        "net=dcgan-64 width=2 batch=1 warm_up=1 steps=1 rule=simultaneous",
        "net=dcgan-8 width=4 batch=2 warm_up=4 steps=8 steps_per_run=4"
      })
  void aStepIsTimedAndChecked(String words) {
    Measurement measurement = measured(words);
    int steps = Integer.parseInt(words.replaceAll(".* steps=(\\d+).*", "$1"));
    assertEquals(steps, measurement.stepMs().count());
    assertTrue(measurement.check().moved() && measurement.check().finite());
    assertEquals(
        measurement.work().generatorParameters(), measurement.check().generatorParameters());
  }

  @Test
  void stepsAreRepeatedUntilTheSecondsAreOver() {
    Measurement measurement = measured("net=dcgan-8 width=2 batch=1 warm_up=5 steps=3 seconds=0.5");
    int count = measurement.stepMs().count();
    assertTrue(count > 3 && count % 3 == 0, () -> count + " steps");
  }

  @Test
  void aMeasurementIsALineAndComesBack() {
    Measurement measurement = measured("net=dcgan-8 width=4 batch=2 warm_up=1 steps=1");
    String json = measurement.toJson();
    assertEquals(1, json.lines().count());
    assertEquals(measurement, Measurement.fromJson(json));
  }

  @Test
  void anUnknownWordIsRefused() {
    var e = assertThrows(IllegalArgumentException.class, () -> measured("nett=dcgan-8"));
    assertTrue(e.getMessage().contains("found nett=dcgan-8"), e.getMessage());
  }
}
