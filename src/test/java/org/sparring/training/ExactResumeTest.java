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
import org.sparring.nets.Dcgan;
import org.sparring.nets.Dcgan5;
import org.sparring.nets.DiscriminatorForm;
import org.sparring.nets.Normalization;
import org.sparring.optimizers.Alternating;
import org.sparring.optimizers.Simultaneous;

/** The state of a run is its variables and nothing else. */
class ExactResumeTest {
  @TempDir Path folder;

  static List<Contest> contests() {
    var spectral = new DiscriminatorForm(4, Normalization.SPECTRAL, 2);
    return List.of(
        TinyRun.contest(TinyRun.NETS, new Simultaneous()),
        TinyRun.contest(TinyRun.NETS, new Alternating(1)),
        TinyRun.contest(TinyRun.NETS, new Alternating(3)),
        TinyRun.contest(TinyRun.NETS, new Alternating(2, true)),
        TinyRun.contest(new Dcgan(16, 1, 3, TinyRun.LATENT, spectral), new Alternating(2)),
        TinyRun.contest(new Dcgan5(16, 1, 3, TinyRun.LATENT, spectral), new Simultaneous()));
  }

  @ParameterizedTest
  @MethodSource("contests")
  void theSameSeedGivesTheSameWeightsToTheLastBit(Contest contest) {
    assertEquals(weights(contest, 1), weights(contest, 1));
    assertNotEquals(weights(contest, 1), weights(contest, 2));
  }

  @ParameterizedTest
  @MethodSource("contests")
  void fourStepsAndThreeMoreAreSevenBitForBit(Contest contest) throws IOException {
    Path middle = folder.resolve("middle");
    try (TinyRun whole = new TinyRun(contest, 1).begin()) {
      whole.train(7);
      save(whole, "whole");
    }
    try (TinyRun first = new TinyRun(contest, 1).begin()) {
      first.train(4);
      first.session().save(middle.toString());
    }
    try (TinyRun second = new TinyRun(contest, 1).resume(middle)) {
      second.train(7);
      save(second, "resumed");
    }
    // weights, slots, averages, batch statistics, counters: every byte of a checkpoint
    assertArrayEquals(bytes("whole"), bytes("resumed"));
    assertNotEquals(-1, Files.mismatch(data("whole"), data("middle")));
  }

  private static String weights(Contest contest, long seed) {
    try (TinyRun run = new TinyRun(contest, seed).begin()) {
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
