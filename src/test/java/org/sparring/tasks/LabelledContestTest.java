package org.sparring.tasks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparring.batches.PointSamples;
import org.sparring.batches.RealSamples;
import org.sparring.batches.ResidentSamples;
import org.sparring.batches.SampleOrder;
import org.sparring.data.PointSet;
import org.sparring.data.PointSources;
import org.sparring.errors.TrainingException;
import org.sparring.games.Alternating;
import org.sparring.games.DiscriminatorOutputs;
import org.sparring.games.Samples;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
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
    ResidentSamples samples = new ResidentSamples(tf, TinyRun.GLYPHS, order, 7);
    Operand<TInt64> position = tf.constant(5L); // over the end of the first epoch
    var indices = order.indices(tf, SampleOrder.positions(tf, position, 7));
    int[] expected =
        IntStream.range(0, 7)
            .map(i -> TinyRun.GLYPHS.label((int) graph.longs(indices)[i]))
            .toArray();
    assertArrayEquals(expected, ints(samples.labels(tf, position)));
  }

  @Test
  void generatedSamplesHaveTheClassesOfTheRealOnesOfTheirDraw() {
    PairGame game = game(Kind.PROJECTION, 3);
    List<int[]> seen = new ArrayList<>();
    for (int draw = 0; draw < 2; draw++) {
      Samples fakes = game.fakes(tf, game.generator().read(tf), draw);
      int[] labels = ints(game.reals(tf, draw).labels().orElseThrow());
      assertArrayEquals(labels, ints(fakes.labels().orElseThrow()));
      seen.add(labels);
    }
    assertFalse(Arrays.equals(seen.get(0), seen.get(1)), "draws have classes of their own");
  }

  /** A loss that pairs real and generated samples compares like with like. */
  @Test
  void freshNoiseHasTheClassesOfTheLastRealBatch() {
    PairGame game = game(Kind.PROJECTION, 3);
    Samples fresh = game.fakes(tf, game.generator().read(tf), 2);
    assertArrayEquals(
        ints(game.reals(tf, 1).labels().orElseThrow()), ints(fresh.labels().orElseThrow()));
    Samples last = game.fakes(tf, game.generator().read(tf), 1);
    graph.initialize();
    List<float[]> values = graph.floats(List.of(fresh.values(), last.values()));
    assertFalse(Arrays.equals(values.get(0), values.get(1)), "its noise is its own");
  }

  @Test
  void anAuxiliaryClassifierIsPaidForByBothPlayersAndAProjectionByNone() {
    PairGame game = game(Kind.AUXILIARY, 0);
    DiscriminatorOutputs verdict = verdict(game);
    Operand<TFloat32> term = verdict.classification().orElseThrow();
    DiscriminatorOutputs without = new DiscriminatorOutputs(verdict.real(), verdict.fake());
    List<Operand<TFloat32>> losses =
        List.of(
            game.discriminatorLoss(tf, verdict),
            game.discriminatorLoss(tf, without),
            game.generatorLoss(tf, verdict),
            game.generatorLoss(tf, without),
            term);
    graph.initialize();
    List<float[]> found = graph.floats(losses);
    float paid = found.get(4)[0];
    // two cross-entropies of a beginner at ten classes
    assertEquals(2 * Math.log(10), paid, 0.5);
    assertEquals(found.get(1)[0] + paid, found.get(0)[0], 1e-5);
    assertEquals(found.get(3)[0] + paid, found.get(2)[0], 1e-5);
  }

  @Test
  void anUnconditionalGameHasNoClasses() {
    GameSetup plain = TinyRun.contest(TinyRun.NETS, new Alternating(1));
    PairGame game = game(plain, 0);
    assertTrue(game.reals(tf, 0).labels().isEmpty());
    assertTrue(verdict(game).classification().isEmpty());
    DiscriminatorOutputs verdict = verdict(game);
    assertSame(verdict.penalty(), verdict.with(verdict.penalty()).penalty());
  }

  @Test
  void samplesWithoutClassesAreRefused() {
    var e =
        assertThrows(
            TrainingException.class,
            () ->
                new PointSamples(
                        tf,
                        new PointSet(PointSources.named("ring").orElseThrow(), 9, 1),
                        new SampleOrder(SEEDS, 9),
                        3)
                    .labels(tf, tf.constant(0L)));
    assertEquals("expected samples with classes, found samples without", e.getMessage());
  }

  private DiscriminatorOutputs verdict(PairGame game) {
    return game.judge(
        tf,
        game.discriminator().read(tf),
        game.reals(tf, 0),
        game.fakes(tf, game.generator().read(tf), 0));
  }

  private PairGame game(Kind kind, long step) {
    return game(TinyRun.contest(Contests.conditional(kind), new Alternating(2, true)), step);
  }

  private PairGame game(GameSetup contest, long step) {
    SampleOrder order = new SampleOrder(SEEDS, TinyRun.GLYPHS.size());
    RealSamples samples = new ResidentSamples(tf, TinyRun.GLYPHS, order, contest.batch());
    Players players = Players.of(contest, graph.variables());
    samples.load(graph.session());
    return new PairGame(contest, players, samples, SEEDS, tf.constant(step), true);
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
