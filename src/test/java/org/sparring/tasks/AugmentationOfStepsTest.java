package org.sparring.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparring.augmentations.Augmentations;
import org.sparring.batches.RealSamples;
import org.sparring.games.Alternating;
import org.sparring.games.Mode;
import org.sparring.games.Point;
import org.sparring.graph.Batch;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.nets.Discriminator;
import org.sparring.nets.Generator;
import org.sparring.nets.Input;
import org.sparring.nets.Judgement;
import org.sparring.training.TinyRun;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** What a discriminator sees in a step. */
class AugmentationOfStepsTest {
  private static final Augmentations BRIGHTNESS = Augmentations.COLOR;
  private static final int COUNT = 1000;

  /** The networks here have no weights. */
  private static final Point NOWHERE = new Point(Weights.of(Map.of()), Weights.of(Map.of()));

  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();
  private final List<Operand<TFloat32>> seen = new ArrayList<>();

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void realAndGeneratedSamplesAreAugmentedAlikeAndEachByItsOwnDice() {
    // grey images of .25: of the three colours only brightness shows, U(−.25, .75)
    PairGame game = game(new Augment(BRIGHTNESS, 1, Optional.empty()));
    game.at(tf, NOWHERE, 0, Mode.UPDATE);
    float[] real = firstPixels(seen.get(0));
    float[] fake = firstPixels(seen.get(1));
    for (float[] values : List.of(real, fake)) {
      // the mean of 1000 of deviation 1/√12 has a deviation of .0091; four of them
      assertEquals(0.25, mean(values), 0.037);
      assertEquals(1 / 12.0, variance(values), 0.012);
      assertTrue(IntStream.range(0, COUNT).allMatch(i -> Math.abs(values[i] - 0.25) <= 0.5001));
    }
    assertEquals(COUNT, IntStream.range(0, COUNT).filter(i -> real[i] != fake[i]).count());
  }

  @Test
  void everyLookOfAStepHasDiceOfItsOwn() {
    PairGame game = game(new Augment(BRIGHTNESS, 1, Optional.empty()));
    for (Mode mode : Mode.values()) {
      game.at(tf, NOWHERE, 0, mode);
    }
    long different = seen.stream().map(s -> Arrays.toString(firstPixels(s))).distinct().count();
    assertEquals(6, different);
  }

  @Test
  void withoutAugmentationTheDiscriminatorSeesTheVerySamples() {
    PairGame game = game(Augment.NONE);
    game.at(tf, NOWHERE, 0, Mode.UPDATE);
    Operand<TFloat32> real = game.reals(tf, 0).values();
    Operand<TFloat32> fake = game.fakes(tf, NOWHERE.generator(), 0).values();
    assertEquals(List.of(real, fake), seen);
  }

  @Test
  void atProbabilityZeroARunIsTheOneWithoutAugmentation() {
    Augmentations all = Augmentations.ALL;
    String none = weights(Augment.NONE);
    assertEquals(none, weights(new Augment(all, 0, Optional.empty())));
    assertNotEquals(none, weights(new Augment(all, 0.5f, Optional.empty())));
  }

  private static String weights(Augment augment) {
    GameSetup plain = TinyRun.contest(TinyRun.NETS, new Alternating(1));
    var seen = new Regularization(Optional.empty(), 1, Optional.empty(), augment);
    try (TinyRun run = new TinyRun(Contests.with(plain, seen), 1).begin()) {
      run.train(4);
      return run.fingerprint();
    }
  }

  private PairGame game(Augment augment) {
    GameSetup contest = AugmentedContests.of(new Alternating(1), augment);
    Players players = Players.of(contest, graph.variables());
    PairNetworks made = (PairNetworks) players.networks();
    Players watched =
        new Players(
            new PairNetworks(
                unpenalized(contest, augment), new Grey(), new Watching(), made.augmenter()),
            players.generator(),
            players.discriminator());
    return new PairGame(contest, watched, new GreySamples(), new Seeds(1), tf.constant(7L), false);
  }

  private static PairTask unpenalized(GameSetup contest, Augment augment) {
    var free = new Regularization(Optional.empty(), 1, Optional.empty(), augment);
    return Contests.pair(Contests.with(contest, free));
  }

  private Operand<TFloat32> greys() {
    return tf.fill(tf.constant(new int[] {COUNT, 16, 16, 1}), tf.constant(0.25f));
  }

  private float[] firstPixels(Operand<TFloat32> images) {
    float[] all = graph.floats(images);
    float[] first = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      first[i] = all[i * 256];
    }
    return first;
  }

  private static double mean(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
  }

  private static double variance(float[] values) {
    double mean = mean(values);
    return IntStream.range(0, values.length)
        .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
        .average()
        .orElseThrow();
  }

  /** Makes grey images. */
  private final class Grey implements Generator {
    @Override
    public List<Input> inputs() {
      return List.of(Input.latent(TinyRun.LATENT));
    }

    @Override
    public Shape sampleShape() {
      return Shape.of(16, 16, 1);
    }

    @Override
    public List<Variable<TFloat32>> variables() {
      return graph.variables().trainable(Owner.GENERATOR);
    }

    @Override
    public Operand<TFloat32> generate(Ops ops, Weights weights, Batch inputs, Pass pass) {
      return greys();
    }
  }

  /** Remembers what it is shown. */
  private final class Watching implements Discriminator {
    @Override
    public List<Variable<TFloat32>> variables() {
      return graph.variables().trainable(Owner.DISCRIMINATOR);
    }

    @Override
    public Judgement judgement(
        Ops ops, Weights weights, Operand<TFloat32> samples, Batch conditions, Pass pass) {
      seen.add(samples);
      return new Judgement(ops.zeros(ops.constant(new int[] {COUNT, 1}), TFloat32.class));
    }
  }

  private final class GreySamples implements RealSamples {
    @Override
    public long size() {
      return 1;
    }

    @Override
    public Batch batch(Ops ops, Operand<TInt64> position) {
      return Batch.of("image", greys());
    }

    @Override
    public void load(Session session) {}
  }
}
