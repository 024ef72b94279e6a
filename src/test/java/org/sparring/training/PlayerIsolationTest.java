package org.sparring.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.batches.RealSamples;
import org.sparring.games.Alternating;
import org.sparring.games.GameRule;
import org.sparring.games.Losses;
import org.sparring.games.Mode;
import org.sparring.games.Point;
import org.sparring.graph.Batch;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.optimizers.WeightAverage;
import org.sparring.tasks.AugmentedContests;
import org.sparring.tasks.Contests;
import org.sparring.tasks.GameSetup;
import org.sparring.tasks.PairGame;
import org.sparring.tasks.Players;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** The networks of a real run, one player's step at a time. */
class PlayerIsolationTest {
  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();
  private final GameSetup contest = TinyRun.contest(TinyRun.NETS, new Alternating(2, true));
  private final List<Operand<TInt64>> asked = new ArrayList<>();
  private Variables variables;

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void aDiscriminatorStepLeavesEveryByteOfTheGenerator() {
    PairGame game = game(0);
    assertMovesOnly(discriminatorMoved(game), Owner.DISCRIMINATOR, Owner.GENERATOR);
  }

  @Test
  void aGeneratorStepLeavesEveryByteOfTheDiscriminator() {
    PairGame game = game(0);
    assertMovesOnly(generatorMoved(game), Owner.GENERATOR, Owner.DISCRIMINATOR);
  }

  @Test
  void augmentationLeavesEveryByteOfTheOtherPlayer() {
    PairGame game = game(AugmentedContests.adaptive(new Alternating(1)), 0);
    assertMovesOnly(discriminatorMoved(game), Owner.DISCRIMINATOR, Owner.GENERATOR);
    assertMovesOnly(generatorMoved(game), Owner.GENERATOR, Owner.DISCRIMINATOR);
  }

  static List<GameRule> rules() {
    return GameRules.all();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aStepOfARuleMovesBothPlayersWeightsAndNothingElseOfTheirs(GameRule rule) {
    GameSetup ruled = Contests.mlp(rule);
    PairGame game = game(ruled, 0);
    WeightAverage average =
        new WeightAverage(variables, variables.trainable(Owner.GENERATOR), 0.9f);
    Op moved = tf.withControlDependencies(rule.step(tf, game).done()).noOp();
    graph.run(variables.initialization());
    List<float[]> before = values(variables.all());
    List<float[]> averages = values(average.variables());
    graph.run(moved);
    List<float[]> after = values(variables.all());
    List<Variable<TFloat32>> all = floats(variables.all());
    for (int i = 0; i < all.size(); i++) {
      Variable<TFloat32> v = all.get(i);
      boolean same = Arrays.equals(bits(before.get(i)), bits(after.get(i)));
      if (v.owner() != Owner.RUN) {
        assertEquals(!v.trainable(), same, v.name());
      }
    }
    for (int i = 0; i < averages.size(); i++) {
      assertArrayEquals(averages.get(i), values(average.variables()).get(i));
    }
  }

  @Test
  void consultingMovesNoStatisticsOfTheDiscriminator() {
    PairGame game = game(0);
    game.here(tf, Mode.GENERATOR_UPDATE);
    // up0 of the generator and its projection are normalised: two means and two variances
    assertEquals(4, game.statistics(tf).size());
  }

  @Test
  void realBatchesFollowOneAnotherThroughDrawsAndSteps() {
    for (long step = 0; step < 3; step++) {
      PairGame game = game(step);
      game.reals(tf, 0);
      game.reals(tf, 1);
    }
    long[] positions = asked.stream().mapToLong(p -> graph.longs(p)[0]).toArray();
    assertArrayEquals(new long[] {0, 4, 8, 12, 16, 20}, positions);
  }

  @Test
  void noNoiseIsDrawnTwice() {
    List<Operand<TFloat32>> fakes = new ArrayList<>();
    for (long step = 0; step < 3; step++) {
      PairGame game = game(step);
      // two draws of the discriminator's and one of the generator's own
      for (int draw = 0; draw < 3; draw++) {
        fakes.add(game.fakes(tf, game.generator().read(tf), draw).values());
      }
    }
    graph.run(variables.initialization());
    long different = graph.floats(fakes).stream().map(Arrays::toString).distinct().count();
    assertEquals(9, different);
  }

  private Op generatorMoved(PairGame game) {
    Point here = new Point(game.generator().read(tf), game.discriminator().read(tf));
    Losses losses = game.at(tf, here, 0, Mode.GENERATOR_UPDATE);
    return game.generator().move(tf, losses.generator(), here.generator()).done();
  }

  private Op discriminatorMoved(PairGame game) {
    Point here = new Point(game.generator().read(tf), game.discriminator().read(tf));
    Losses losses = game.at(tf, here, 0, Mode.UPDATE);
    return game.discriminator().move(tf, losses.discriminator(), here.discriminator()).done();
  }

  private PairGame game(long step) {
    return game(contest, step);
  }

  private PairGame game(GameSetup played, long step) {
    variables = new Variables(tf, new Seeds(1));
    Players players = Players.of(played, variables);
    return new PairGame(played, players, new Zeros(), new Seeds(1), tf.constant(step), true);
  }

  private void assertMovesOnly(Op moved, Owner mover, Owner other) {
    graph.run(variables.initialization());
    List<float[]> own = values(mover);
    List<float[]> others = values(other);
    graph.run(moved);
    List<float[]> ownAfter = values(mover);
    List<float[]> othersAfter = values(other);
    for (int i = 0; i < others.size(); i++) {
      assertArrayEquals(bits(others.get(i)), bits(othersAfter.get(i)), "variable " + i);
    }
    for (int i = 0; i < own.size(); i++) {
      boolean trainable = variables.of(mover).get(i).trainable();
      String name = variables.of(mover).get(i).name();
      assertEquals(!trainable, Arrays.equals(own.get(i), ownAfter.get(i)), name);
    }
    assertFalse(others.isEmpty());
  }

  private List<float[]> values(Owner owner) {
    return values(variables.of(owner));
  }

  private List<float[]> values(List<? extends Variable<?>> some) {
    return graph.floats(floats(some).stream().map(v -> v.read(tf)).toList());
  }

  @SuppressWarnings("unchecked") // all but the counters
  private static List<Variable<TFloat32>> floats(List<? extends Variable<?>> some) {
    return some.stream()
        .filter(v -> v.type() == TFloat32.class)
        .map(v -> (Variable<TFloat32>) v)
        .toList();
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  /** Remembers the positions it is asked for. */
  private final class Zeros implements RealSamples {
    @Override
    public long size() {
      return 10;
    }

    @Override
    public Batch batch(Ops ops, Operand<TInt64> position) {
      asked.add(position);
      return Batch.of("image", ops.constant(new float[TinyRun.BATCH][16][16][1]));
    }

    @Override
    public void load(Session session) {}
  }
}
