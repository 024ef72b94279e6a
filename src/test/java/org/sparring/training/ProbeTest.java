package org.sparring.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.Gradients;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.sparring.graph.Weights;
import org.sparring.losses.Hinge;
import org.sparring.losses.NonSaturating;
import org.sparring.nets.Pass;
import org.sparring.optimizers.Alternating;
import org.sparring.optimizers.Move;
import org.sparring.optimizers.Player;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Each meter against plain Java on the samples, logits and weights themselves. */
class ProbeTest {
  private static final Seeds SEEDS = new Seeds(4);
  private static final int COUNT = 12;
  private static final float[] REALS = GradientCheck.noise(2 * COUNT, 5);
  private static final float[] HELD_OUT = GradientCheck.noise(2 * COUNT, 6);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void spreadAndMissingAreThoseOfPairsOfSamples(int packing) {
    try (Bench bench = new Bench(packing)) {
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
    try (Bench bench = new Bench(packing)) {
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
    try (Bench bench = new Bench(packing)) {
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
    Contest contest = Contests.with(Contests.points(new Alternating(1), 1), new NonSaturating());
    try (Bench bench = new Bench(contest)) {
      assertEquals(bench.meter("g_grad_norm_non_saturating"), bench.meter("g_grad_norm"));
    }
  }

  @Test
  void weightNormsAreThoseOfAllTrainableWeights() {
    try (Bench bench = new Bench(2)) {
      assertEquals(
          norm(bench.values(bench.players.generator())), bench.meter("g_weight_norm"), 1e-5);
      assertEquals(
          norm(bench.values(bench.players.discriminator())), bench.meter("d_weight_norm"), 1e-5);
    }
  }

  @Test
  void updateNormsAreTheLengthsOfTheLastMoves() {
    try (Bench bench = new Bench(3)) {
      for (int step = 0; step < 3; step++) {
        float[] g = bench.values(bench.players.generator());
        float[] d = bench.values(bench.players.discriminator());
        bench.graph.run(bench.step);
        double gMoved = distance(g, bench.values(bench.players.generator()));
        double dMoved = distance(d, bench.values(bench.players.discriminator()));
        // weights near 1 keep a move of 1e-3 to 1e-7
        assertEquals(gMoved, bench.meter("g_update_norm"), 2e-4 * gMoved, "step " + step);
        assertEquals(dMoved, bench.meter("d_update_norm"), 2e-4 * dMoved, "step " + step);
      }
    }
  }

  @Test
  void withoutHeldOutSamplesTheirMeterIsNotThere() {
    try (Bench bench = new Bench(Contests.points(new Alternating(1), 1), new float[0])) {
      assertFalse(bench.measured().containsKey("d_accuracy_held_out"));
      assertEquals(List.copyOf(bench.measured().keySet()), bench.probe.names());
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
    Contest contest = TinyRun.contest(TinyRun.NETS, new Alternating(1));
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

  private static double norm(float[] values) {
    return distance(values, new float[values.length]);
  }

  private static double distance(float[] a, float[] b) {
    return DistancesTest.distance(a, 0, b, 0, a.length);
  }

  private interface Slope {
    double at(double logit);
  }

  /** A contest's players, a step of theirs and its probe, with the parts to measure by hand. */
  private static final class Bench implements AutoCloseable {
    private final ScratchGraph graph = new ScratchGraph();
    private final Ops tf = graph.tf();
    private final Contest contest;
    private final Players players;
    private final Op step;
    private final Probe probe;

    Bench(int packing) {
      this(Contests.with(Contests.points(new Alternating(1), packing), new Hinge()));
    }

    Bench(Contest contest) {
      this(contest, HELD_OUT);
    }

    Bench(Contest contest, float[] heldOut) {
      this.contest = contest;
      players = Players.of(contest, graph.variables());
      Move move = contest.rule().step(tf, game());
      step = tf.withControlDependencies(move.done()).noOp();
      probe = Probe.of(tf, contest, players, SEEDS, new ProbeSet(REALS, heldOut));
      graph.initialize();
    }

    private ContestGame game() {
      RealSamples reals = new Fixed(points(tf, REALS));
      return new ContestGame(contest, players, reals, SEEDS, tf.constant(0L), true);
    }

    Map<String, Double> measured() {
      return probe.read(graph.session());
    }

    double meter(String name) {
      return measured().get(name);
    }

    float[] fakes() {
      return graph.floats(generated());
    }

    float[] logits(float[] samples) {
      return graph.floats(judged(points(tf, samples)));
    }

    /** ‖∇θ Σ wᵢsᵢ‖ on the first half of the latents. */
    double pull(Slope slope) {
      int half = COUNT / 2;
      Weights g = players.generator().read(tf);
      Operand<TFloat32> fakes = players.generatorNet().generate(tf, g, latents(), Pass.training());
      Operand<TFloat32> first =
          tf.slice(fakes, tf.constant(new int[2]), tf.constant(new int[] {half, 2}));
      int packing = contest.architecture().form().packing();
      Operand<TFloat32> logits =
          judged(tf.reshape(first, tf.constant(new int[] {half / packing * packing, 2})));
      float[] s = graph.floats(logits);
      float[] w = new float[s.length];
      for (int i = 0; i < s.length; i++) {
        w[i] = (float) (slope.at(s[i]) / s.length);
      }
      Operand<TFloat32> weights = tf.constant(Shape.of(s.length, 1), DataBuffers.of(w));
      Operand<TFloat32> sum = tf.sum(tf.math.mul(logits, weights), tf.constant(new int[] {0, 1}));
      return norm(
          joined(graph.floats(Gradients.of(tf, sum, g.get(players.generator().trainable())))));
    }

    float[] values(Player player) {
      return joined(graph.floats(player.read(tf).get(player.trainable())));
    }

    private Operand<TFloat32> latents() {
      return contest.latent().sample(tf, COUNT, SEEDS.once(tf, "probe"));
    }

    private Operand<TFloat32> generated() {
      Weights g = players.generator().read(tf);
      return players.generatorNet().generate(tf, g, latents(), Pass.training());
    }

    private Operand<TFloat32> judged(Operand<TFloat32> samples) {
      Weights d = players.discriminator().read(tf);
      return players.discriminatorNet().judge(tf, d, samples, Pass.training());
    }

    private static Operand<TFloat32> points(Ops tf, float[] values) {
      return tf.constant(Shape.of(values.length / 2, 2), DataBuffers.of(values));
    }

    private static float[] joined(List<float[]> parts) {
      List<Float> all = new ArrayList<>();
      parts.forEach(
          part -> {
            for (float value : part) {
              all.add(value);
            }
          });
      float[] joined = new float[all.size()];
      Arrays.setAll(new double[joined.length], i -> joined[i] = all.get(i));
      return joined;
    }

    @Override
    public void close() {
      graph.close();
    }
  }

  /** The same batch each time. */
  private record Fixed(Operand<TFloat32> reals) implements RealSamples {
    @Override
    public long size() {
      return COUNT;
    }

    @Override
    public Operand<TFloat32> batch(Ops ops, Operand<TInt64> position) {
      return reals;
    }

    @Override
    public void load(Session session) {}
  }
}
