package org.sparring.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.sparring.batches.RealSamples;
import org.sparring.games.Move;
import org.sparring.games.Player;
import org.sparring.graph.Batch;
import org.sparring.graph.Gradients;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.tasks.Contests;
import org.sparring.tasks.FixedSamples;
import org.sparring.tasks.GameSetup;
import org.sparring.tasks.PairGame;
import org.sparring.tasks.PairNetworks;
import org.sparring.tasks.Players;
import org.sparring.tasks.ProbeInputs;
import org.sparring.tasks.ProbeSet;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** A contest's players, a step of theirs and its probe, with the parts to measure by hand. */
final class ProbeBench implements AutoCloseable {
  private static final Seeds SEEDS = new Seeds(4);

  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();
  private final GameSetup contest;
  private final float[] reals;
  private final int count;
  private final Players players;
  private final Op step;
  private final Probe probe;

  ProbeBench(GameSetup contest, float[] reals, float[] heldOut) {
    this.contest = contest;
    this.reals = reals;
    count = reals.length / 2;
    players = Players.of(contest, graph.variables());
    Move move = contest.rule().step(tf, game());
    step = tf.withControlDependencies(move.done()).noOp();
    probe =
        Probe.of(
                tf,
                players,
                new ProbeInputs(
                    SEEDS,
                    new ProbeSet(reals, heldOut),
                    FixedSamples.NONE,
                    players.generator(),
                    players.discriminator(),
                    players.generator().read(tf)))
            .orElseThrow();
    graph.initialize();
  }

  private PairGame game() {
    RealSamples samples = new Fixed(points(tf, reals), count);
    return new PairGame(contest, players, samples, SEEDS, tf.constant(0L), true);
  }

  private PairNetworks pair() {
    return (PairNetworks) players.networks();
  }

  Players players() {
    return players;
  }

  Probe probe() {
    return probe;
  }

  void step() {
    graph.run(step);
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
  double pull(DoubleUnaryOperator slope) {
    int half = count / 2;
    Weights g = players.generator().read(tf);
    Operand<TFloat32> fakes = pair().generator().generate(tf, g, latents(), Pass.training());
    Operand<TFloat32> first =
        tf.slice(fakes, tf.constant(new int[2]), tf.constant(new int[] {half, 2}));
    int packing = contest.task().packing();
    Operand<TFloat32> logits =
        judged(tf.reshape(first, tf.constant(new int[] {half / packing * packing, 2})));
    float[] s = graph.floats(logits);
    float[] w = new float[s.length];
    for (int i = 0; i < s.length; i++) {
      w[i] = (float) (slope.applyAsDouble(s[i]) / s.length);
    }
    Operand<TFloat32> weights = tf.constant(Shape.of(s.length, 1), DataBuffers.of(w));
    Operand<TFloat32> sum = tf.sum(tf.math.mul(logits, weights), tf.constant(new int[] {0, 1}));
    return ProbeTest.norm(
        joined(graph.floats(Gradients.of(tf, sum, g.get(players.generator().trainable())))));
  }

  float[] values(Player player) {
    return joined(graph.floats(player.read(tf).get(player.trainable())));
  }

  private Operand<TFloat32> latents() {
    return Contests.pair(contest).latent().sample(tf, count, SEEDS.once(tf, "probe"));
  }

  private Operand<TFloat32> generated() {
    Weights g = players.generator().read(tf);
    return pair().generator().generate(tf, g, latents(), Pass.training());
  }

  private Operand<TFloat32> judged(Operand<TFloat32> samples) {
    Weights d = players.discriminator().read(tf);
    return pair().discriminator().judge(tf, d, samples, Pass.training());
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

  /** The same batch each time. */
  private record Fixed(Operand<TFloat32> reals, long size) implements RealSamples {
    @Override
    public Batch batch(Ops ops, Operand<TInt64> position) {
      return Batch.of("image", reals);
    }

    @Override
    public void load(Session session) {}
  }
}
