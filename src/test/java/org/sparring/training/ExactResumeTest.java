package org.sparring.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.games.Alternating;
import org.sparring.games.Simultaneous;
import org.sparring.layers.Bfloat16;
import org.sparring.layers.Normalization;
import org.sparring.losses.RelativisticPairing;
import org.sparring.nets.ComputedPair;
import org.sparring.nets.Dcgan;
import org.sparring.nets.Dcgan5;
import org.sparring.nets.DiscriminatorForm;
import org.sparring.nets.Labelling.Kind;
import org.sparring.nets.R3Net;
import org.sparring.nets.SnDcgan;
import org.sparring.nets.SnResNet;
import org.sparring.optimizers.GradientDescent;
import org.sparring.optimizers.LearningRate;
import org.sparring.optimizers.WeightClip;
import org.sparring.regularizers.Lazy;
import org.sparring.regularizers.Penalties;
import org.sparring.regularizers.R1;
import org.sparring.tasks.AugmentedContests;
import org.sparring.tasks.Contests;
import org.sparring.tasks.GameSetup;
import org.sparring.tasks.Regularization;

/** The state of a run is its variables and nothing else. */
class ExactResumeTest {
  @TempDir Path folder;

  /** What differs in its networks. */
  static List<GameSetup> networks() {
    var spectral = new DiscriminatorForm(4, Normalization.SPECTRAL, 2);
    return List.of(
        TinyRun.contest(TinyRun.NETS, new Simultaneous()),
        TinyRun.contest(TinyRun.NETS, new Alternating(1)),
        TinyRun.contest(TinyRun.NETS, new Alternating(3)),
        TinyRun.contest(TinyRun.NETS, new Alternating(2, true)),
        TinyRun.contest(new Dcgan(16, 1, 3, TinyRun.LATENT, spectral), new Alternating(2)),
        TinyRun.contest(new Dcgan5(16, 1, 3, TinyRun.LATENT, spectral), new Simultaneous()),
        TinyRun.contest(new SnDcgan(16, 1, 2, TinyRun.LATENT), new Alternating(2)),
        TinyRun.contest(new SnResNet(16, 1, 3, TinyRun.LATENT), new Alternating(1)),
        r3(),
        TinyRun.contest(Contests.conditional(Kind.PROJECTION), new Alternating(2, true)),
        TinyRun.contest(Contests.conditional(Kind.AUXILIARY), new Simultaneous()));
  }

  static List<GameSetup> contests() {
    List<GameSetup> contests = new ArrayList<>(networks());
    // what a rule remembers is state too
    GameRules.all().forEach(rule -> contests.add(Contests.mlp(rule)));
    contests.add(lazyClippedDescent());
    contests.add(
        TinyRun.contest(ComputedPair.mixed(TinyRun.NETS, Bfloat16.NATIVE), new Alternating(1)));
    // a probability that moves is state too
    contests.add(AugmentedContests.adaptive(new Alternating(1)));
    contests.add(AugmentedContests.adaptive(new Alternating(2)));
    return contests;
  }

  /** As R3GAN plays: both slopes in every step. */
  private static GameSetup r3() {
    GameSetup pair = TinyRun.contest(new R3Net(16, 1, 8, TinyRun.LATENT), new Alternating(1));
    var slopes = new Regularization(Optional.of(Penalties.zeroCentered(1)), 1, Optional.empty());
    return Contests.with(Contests.with(pair, new RelativisticPairing()), slopes);
  }

  /** Paid in the steps 1, 4 and 7: the last of them belongs to the resumed part. */
  static GameSetup lazyClippedDescent() {
    GameSetup plain = Contests.mlp(new Alternating(1));
    var regularization =
        new Regularization(
            Optional.of(new Lazy(new R1(1), 3)), 3, Optional.of(new WeightClip(0.3f)));
    var descent = new GradientDescent(LearningRate.linear(0.05f, 20));
    return Contests.with(Contests.with(plain, regularization), descent);
  }

  /** The other networks are built twice from one seed below, too. */
  @Test
  void theSameSeedGivesTheSameWeightsToTheLastBit() {
    GameSetup contest = TinyRun.contest(TinyRun.NETS, new Alternating(1));
    String weights = weights(contest, 1);
    assertEquals(weights, weights(contest, 1));
    assertNotEquals(weights, weights(contest, 2));
  }

  @ParameterizedTest
  @MethodSource("contests")
  void fourStepsAndThreeMoreAreSevenBitForBit(GameSetup contest) throws IOException {
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

  private static String weights(GameSetup contest, long seed) {
    try (TinyRun run = new TinyRun(contest, seed).begin()) {
      run.train(3);
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
