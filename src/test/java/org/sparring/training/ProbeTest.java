package org.sparring.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.games.Alternating;
import org.sparring.graph.GradientCheck;
import org.sparring.losses.Hinge;
import org.sparring.losses.NonSaturating;
import org.sparring.tasks.Contests;
import org.sparring.tasks.GameSetup;

/** Each meter against plain Java on the samples, logits and weights themselves. */
class ProbeTest {
  private static final int COUNT = 12;
  private static final float[] REALS = GradientCheck.noise(2 * COUNT, 5);
  private static final float[] HELD_OUT = GradientCheck.noise(2 * COUNT, 6);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void spreadAndMissingAreThoseOfPairsOfSamples(int packing) {
    try (ProbeBench bench = bench(packing)) {
      float[] fakes = bench.fakes();
      double far = meanPairwise(REALS);
      double near = meanNearest(REALS, REALS, true);
      double found = meanNearest(REALS, fakes, false);
      assertEquals(meanPairwise(fakes) / far, bench.meter("spread"), 1e-4);
      assertEquals((found - near) / (far - near), bench.meter("missing"), 1e-4);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void accuraciesAreSharesOfPacksCalledReal(int packing) {
    try (ProbeBench bench = bench(packing)) {
      assertEquals(share(bench.logits(REALS)), bench.meter("d_accuracy_seen"), 1e-6);
      assertEquals(share(bench.logits(HELD_OUT)), bench.meter("d_accuracy_held_out"), 1e-6);
    }
  }

  /**
   * With w the slope of a loss at each of n logits s, ∇θ L = ∇θ Σ wᵢsᵢ: minimax has −σ(s)/n,
   * non-saturating −(1 − σ(s))/n, hinge −1/n. The slopes are computed here.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void thePullsAreTheNormsOfTheThreeLossesGradients(int packing) {
    try (ProbeBench bench = bench(packing)) {
      assertEquals(bench.pull(s -> -sigmoid(s)), bench.meter("g_grad_norm_minimax"), 1e-5);
      assertEquals(
          bench.pull(s -> -(1 - sigmoid(s))), bench.meter("g_grad_norm_non_saturating"), 1e-5);
      assertEquals(bench.pull(s -> -1), bench.meter("g_grad_norm"), 1e-5);
      assertNotEquals(
          bench.meter("g_grad_norm_minimax"), bench.meter("g_grad_norm_non_saturating"), 1e-3);
    }
  }

  @Test
  void thePullOfOneOfTheTwoLossesIsTheSameNumber() {
    GameSetup contest = Contests.with(Contests.points(new Alternating(1), 1), new NonSaturating());
    try (ProbeBench bench = new ProbeBench(contest, REALS, HELD_OUT)) {
      assertEquals(bench.meter("g_grad_norm_non_saturating"), bench.meter("g_grad_norm"));
    }
  }

  @Test
  void weightNormsAreThoseOfAllTrainableWeights() {
    try (ProbeBench bench = bench(2)) {
      assertEquals(
          norm(bench.values(bench.players().generator())), bench.meter("g_weight_norm"), 1e-5);
      assertEquals(
          norm(bench.values(bench.players().discriminator())), bench.meter("d_weight_norm"), 1e-5);
    }
  }

  @Test
  void updateNormsAreTheLengthsOfTheLastMoves() {
    try (ProbeBench bench = bench(3)) {
      for (int step = 0; step < 3; step++) {
        float[] g = bench.values(bench.players().generator());
        float[] d = bench.values(bench.players().discriminator());
        bench.step();
        double gMoved = distance(g, bench.values(bench.players().generator()));
        double dMoved = distance(d, bench.values(bench.players().discriminator()));
        // weights near 1 keep a move of 1e-3 to 1e-7
        assertEquals(gMoved, bench.meter("g_update_norm"), 2e-4 * gMoved, "step " + step);
        assertEquals(dMoved, bench.meter("d_update_norm"), 2e-4 * dMoved, "step " + step);
      }
    }
  }

  @Test
  void withoutHeldOutSamplesTheirMeterIsNotThere() {
    try (ProbeBench bench =
        new ProbeBench(Contests.points(new Alternating(1), 1), REALS, new float[0])) {
      assertFalse(bench.measured().containsKey("d_accuracy_held_out"));
      assertEquals(List.copyOf(bench.measured().keySet()), bench.probe().names());
    }
  }

  @Test
  void readingMovesNoByteOfAnyVariable() throws IOException {
    try (TinyRun run = new TinyRun(new Alternating(1), 1).begin()) {
      run.train(2);
      run.session().save(folder.resolve("before").toString());
      for (int i = 0; i < 3; i++) {
        run.graph().probe().orElseThrow().read(run.session());
      }
      run.session().save(folder.resolve("after").toString());
    }
    assertArrayEquals(bytes("before"), bytes("after"));
  }

  @Test
  void aRunIsTheSameWithMetersAndWithout() throws IOException {
    GameSetup contest = TinyRun.contest(TinyRun.NETS, new Alternating(1));
    try (TinyRun measured = new TinyRun(contest, 1).begin()) {
      measured.train(
          6,
          new TrainingListener() {
            @Override
            public void stepped(StepReport report) {
              measured.graph().probe().orElseThrow().read(measured.session());
            }
          });
      measured.session().save(folder.resolve("measured").toString());
    }
    try (TinyRun plain = new TinyRun(contest, 1, Optional.empty()).begin()) {
      assertEquals(Optional.empty(), plain.graph().probe());
      plain.train(6);
      plain.session().save(folder.resolve("plain").toString());
    }
    assertArrayEquals(bytes("plain"), bytes("measured"));
  }

  private static ProbeBench bench(int packing) {
    GameSetup contest = Contests.with(Contests.points(new Alternating(1), packing), new Hinge());
    return new ProbeBench(contest, REALS, HELD_OUT);
  }

  private byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name + ".data-00000-of-00001"));
  }

  private static double meanPairwise(float[] points) {
    double sum = 0;
    for (int i = 0; i < COUNT; i++) {
      for (int j = 0; j < COUNT; j++) {
        sum += DistancesTest.distance(points, i, points, j, 2);
      }
    }
    return sum / (COUNT * (COUNT - 1));
  }

  private static double meanNearest(float[] from, float[] to, boolean others) {
    double sum = 0;
    for (int i = 0; i < COUNT; i++) {
      double nearest = Double.POSITIVE_INFINITY;
      for (int j = 0; j < COUNT; j++) {
        if (!others || i != j) {
          nearest = Math.min(nearest, DistancesTest.distance(from, i, to, j, 2));
        }
      }
      sum += nearest;
    }
    return sum / COUNT;
  }

  private static double share(float[] logits) {
    double share = 0;
    for (float logit : logits) {
      share += logit > 0 ? 1.0 / logits.length : 0;
    }
    return share;
  }

  private static double sigmoid(double s) {
    return 1 / (1 + Math.exp(-s));
  }

  static double norm(float[] values) {
    return distance(values, new float[values.length]);
  }

  private static double distance(float[] a, float[] b) {
    return DistancesTest.distance(a, 0, b, 0, a.length);
  }
}
