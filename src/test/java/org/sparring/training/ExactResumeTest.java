package org.sparring.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.optimizers.Alternating;
import org.sparring.optimizers.GameRule;
import org.sparring.optimizers.Simultaneous;

/** The state of a run is its variables and nothing else. */
class ExactResumeTest {
  @TempDir Path folder;

  static List<GameRule> rules() {
    return List.of(
        new Simultaneous(), new Alternating(1), new Alternating(3), new Alternating(2, true));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theSameSeedGivesTheSameWeightsToTheLastBit(GameRule rule) {
    assertEquals(weights(rule, 1), weights(rule, 1));
    assertNotEquals(weights(rule, 1), weights(rule, 2));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void fourStepsAndThreeMoreAreSevenBitForBit(GameRule rule) throws IOException {
    Path middle = folder.resolve("middle");
    try (TinyRun whole = new TinyRun(rule, 1).begin()) {
      whole.train(7);
      save(whole, "whole");
    }
    try (TinyRun first = new TinyRun(rule, 1).begin()) {
      first.train(4);
      first.session().save(middle.toString());
    }
    try (TinyRun second = new TinyRun(rule, 1).resume(middle)) {
      second.train(7);
      save(second, "resumed");
    }
    // weights, slots, averages, batch statistics, counters: every byte of a checkpoint
    assertArrayEquals(bytes("whole"), bytes("resumed"));
    assertNotEquals(-1, Files.mismatch(data("whole"), data("middle")));
  }

  private static String weights(GameRule rule, long seed) {
    try (TinyRun run = new TinyRun(rule, seed).begin()) {
      run.train(5);
      return run.fingerprint();
    }
  }

  private void save(TinyRun run, String name) {
    run.session().save(folder.resolve(name).toString());
  }

  private byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(data(name));
  }

  private Path data(String name) {
    return folder.resolve(name + ".data-00000-of-00001");
  }
}
