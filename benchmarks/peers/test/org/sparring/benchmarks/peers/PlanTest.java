package org.sparring.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
  @Test
  void everyEngineRunsUnlessSomeAreNamed() {
    assertEquals(List.of(Engine.values()), Plan.of().engines());
    assertEquals(
        List.of(Engine.DL4J, Engine.SPARRING_ALTERNATING),
        Plan.of("--engines", "dl4j,sparring-alternating").engines());
  }

  @Test
  void deeplearning4jMakesATenthOfTheSteps() {
    Plan plan = Plan.of("--steps", "30");
    assertEquals(30, Engine.DJL_SUBPIXEL.steps(plan));
    assertEquals(3, Engine.DL4J.steps(plan));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--rounds 0",
        "--rounds many",
        "--rounds",
        "--net resnet-32",
        "--engines dl4j",
        "--engines sparring-alternating,torch",
        "--speed 3"
      })
  void whatIsNoPlanIsRefused(String words) {
    var e = assertThrows(IllegalArgumentException.class, () -> Plan.of(words.split(" ")));
    assertTrue(e.getMessage().contains("xpected") || e.getMessage().contains("must"));
  }
}
