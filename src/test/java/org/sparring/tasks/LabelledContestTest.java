package org.sparring.tasks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparring.batches.RealSamples;
import org.sparring.batches.ResidentSamples;
import org.sparring.batches.SampleOrder;
import org.sparring.batches.SampleReading;
import org.sparring.data.PointSet;
import org.sparring.data.PointSources;
import org.sparring.errors.DataException;
import org.sparring.games.Alternating;
import org.sparring.games.Losses;
import org.sparring.games.Mode;
import org.sparring.graph.Batch;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.sparring.layers.Pass;
import org.sparring.losses.AdversarialLoss;
import org.sparring.losses.Classification;
import org.sparring.nets.Judgement;
import org.sparring.nets.Labelling.Kind;
import org.sparring.training.TinyRun;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** What a game does with the classes of its samples. */
class LabelledContestTest {
  private static final Seeds SEEDS = new Seeds(4);

  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void theLabelsOfABatchAreThoseOfItsImages() {
    SampleOrder order = new SampleOrder(SEEDS, TinyRun.GLYPHS.size());
    ResidentSamples samples = new ResidentSamples(tf, SampleReading.of(TinyRun.GLYPHS, order, 7));
    samples.load(graph.session());
    Operand<TInt64> position = tf.constant(5L); // over the end of the first epoch
    var indices = order.indices(tf, SampleOrder.positions(tf, position, 7));
    int[] expected =
        IntStream.range(0, 7)
            .map(i -> TinyRun.GLYPHS.label((int) graph.longs(indices)[i]))
            .toArray();
    assertArrayEquals(expected, ints(samples.batch(tf, position).integers("label")));
  }

  @Test
  void generatedSamplesHaveTheClassesOfTheRealOnesOfTheirDraw() {
    PairGame game = game(Kind.PROJECTION, 3);
    List<int[]> seen = new ArrayList<>();
    for (int draw = 0; draw < 2; draw++) {
      Samples fakes = game.fakes(tf, game.generator().read(tf), draw);
      int[] labels = ints(labels(game.reals(tf, draw)));
      assertArrayEquals(labels, ints(labels(fakes)));
      seen.add(labels);
    }
    assertFalse(Arrays.equals(seen.get(0), seen.get(1)), "draws have classes of their own");
  }

  /** A loss that pairs real and generated samples compares like with like. */
  @Test
  void freshNoiseHasTheClassesOfTheLastRealBatch() {
    PairGame game = game(Kind.PROJECTION, 3);
    Samples fresh = game.fakes(tf, game.generator().read(tf), 2);
    assertArrayEquals(ints(labels(game.reals(tf, 1))), ints(labels(fresh)));
    Samples last = game.fakes(tf, game.generator().read(tf), 1);
    graph.initialize();
    List<float[]> values = graph.floats(List.of(fresh.values(), last.values()));
    assertFalse(Arrays.equals(values.get(0), values.get(1)), "its noise is its own");
  }

  @Test
  void anAuxiliaryClassifierIsPaidForByBothPlayers() {
    PairGame game = game(Kind.AUXILIARY, 0);
    PairNetworks networks = (PairNetworks) game.players().networks();
    Samples reals = game.reals(tf, 0);
    Samples fakes = game.fakes(tf, game.generator().read(tf), 0);
    Judgement real = judged(game, networks, reals);
    Judgement fake = judged(game, networks, fakes);
    Losses losses = game.here(tf, Mode.LOOK_AHEAD);
    AdversarialLoss own = networks.task().loss();
    List<Operand<TFloat32>> all =
        List.of(
            losses.discriminator(),
            own.discriminator(tf, real.logits(), fake.logits()),
            losses.generator(),
            own.generator(tf, real.logits(), fake.logits()),
            Classification.of(tf, real.classes().orElseThrow(), labels(reals)),
            Classification.of(tf, fake.classes().orElseThrow(), labels(fakes)));
    graph.initialize();
    List<float[]> found = graph.floats(all);
    float paid = found.get(4)[0] + found.get(5)[0];
    // two cross-entropies of a beginner at ten classes
    assertEquals(2 * Math.log(10), paid, 0.5);
    assertEquals(found.get(1)[0] + paid, found.get(0)[0], 1e-5);
    assertEquals(found.get(3)[0] + paid, found.get(2)[0], 1e-5);
  }

  private Judgement judged(PairGame game, PairNetworks networks, Samples samples) {
    return networks
        .discriminator()
        .judgement(
            tf,
            game.discriminator().read(tf),
            samples.values(),
            samples.conditions(),
            Pass.training());
  }

  @Test
  void anUnconditionalGameHasNoClasses() {
    GameSetup plain = TinyRun.contest(TinyRun.NETS, new Alternating(1));
    PairGame game = game(plain, 0);
    assertEquals(Batch.NONE, game.reals(tf, 0).conditions());
    assertEquals(Batch.NONE, game.fakes(tf, game.generator().read(tf), 0).conditions());
  }

  @Test
  void samplesWithoutClassesAreRefused() {
    var points = new PointSet(PointSources.named("ring").orElseThrow(), 9, 1);
    var reading = new SampleReading("data", points, List.of("label"), new SampleOrder(SEEDS, 9), 3);
    var e = assertThrows(DataException.class, () -> new ResidentSamples(tf, reading));
    assertEquals(
        "ring: expected a field label\nfound point\nUse a data set with this field.",
        e.getMessage());
  }

  private PairGame game(Kind kind, long step) {
    return game(TinyRun.contest(Contests.conditional(kind), new Alternating(2, true)), step);
  }

  private PairGame game(GameSetup contest, long step) {
    SampleOrder order = new SampleOrder(SEEDS, TinyRun.GLYPHS.size());
    RealSamples samples =
        new ResidentSamples(tf, SampleReading.of(TinyRun.GLYPHS, order, contest.batch()));
    Players players = Players.of(contest, graph.variables());
    samples.load(graph.session());
    return new PairGame(contest, players, samples, SEEDS, tf.constant(step), true);
  }

  private static Operand<TInt32> labels(Samples samples) {
    return samples.conditions().integers("label");
  }

  private int[] ints(Operand<TInt32> labels) {
    float[] values = graph.floats(tf.dtypes.cast(labels, TFloat32.class));
    int[] ints = new int[values.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = (int) values[i];
    }
    return ints;
  }
}
