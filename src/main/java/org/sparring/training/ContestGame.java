package org.sparring.training;

import java.util.ArrayList;
import java.util.List;
import org.sparring.graph.Owner;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.nets.Discriminator;
import org.sparring.nets.Generator;
import org.sparring.nets.Pass;
import org.sparring.optimizers.Game;
import org.sparring.optimizers.Player;
import org.sparring.optimizers.Verdict;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** The contest as game rules see it, at one step of a run. */
final class ContestGame implements Game {
  private static final String NOISE = "noise";

  private final Contest contest;
  private final RealSamples samples;
  private final Seeds seeds;
  private final Operand<TInt64> step;
  private final Generator generatorNet;
  private final Discriminator discriminatorNet;
  private final Player generator;
  private final Player discriminator;
  private final Pass generatorPass = Pass.recording();
  private final Pass discriminatorPass = Pass.recording();

  /**
   * @param step steps done before this one, scalar
   */
  ContestGame(
      Contest contest,
      Variables variables,
      RealSamples samples,
      Seeds seeds,
      Operand<TInt64> step) {
    this.contest = contest;
    this.samples = samples;
    this.seeds = seeds;
    this.step = step;
    generatorNet = contest.architecture().generator(variables);
    discriminatorNet = contest.architecture().discriminator(variables);
    generator =
        new Player(variables, Owner.GENERATOR, generatorNet.variables(), contest.generator());
    discriminator =
        new Player(
            variables, Owner.DISCRIMINATOR, discriminatorNet.variables(), contest.discriminator());
  }

  Generator generatorNet() {
    return generatorNet;
  }

  /** Writes of the running statistics; to be built when the rule has built its step. */
  List<Op> statistics(Ops tf) {
    List<Op> writes = new ArrayList<>(generatorPass.writes(tf));
    writes.addAll(discriminatorPass.writes(tf));
    return writes;
  }

  @Override
  public Player generator() {
    return generator;
  }

  @Override
  public Player discriminator() {
    return discriminator;
  }

  @Override
  public Operand<TFloat32> reals(Ops tf, int draw) {
    long images = (long) contest.rule().draws() * contest.batch();
    Operand<TInt64> first = tf.math.mul(step, tf.constant(images));
    long offset = (long) draw * contest.batch();
    return samples.batch(tf, tf.math.add(first, tf.constant(offset)));
  }

  @Override
  public Operand<TFloat32> fakes(Ops tf, Weights weights, int draw) {
    // one number more than there are real batches: a rule may want noise of the generator's own
    long numbers = contest.rule().draws() + 1L;
    Operand<TInt64> number =
        tf.math.add(tf.math.mul(step, tf.constant(numbers)), tf.constant((long) draw));
    Operand<TFloat32> z =
        contest.latent().sample(tf, contest.batch(), seeds.counted(tf, NOISE, number));
    return generatorNet.generate(tf, weights, z, generatorPass);
  }

  @Override
  public Verdict judge(Ops tf, Weights weights, Operand<TFloat32> reals, Operand<TFloat32> fakes) {
    return judge(tf, weights, reals, fakes, discriminatorPass);
  }

  @Override
  public Verdict consult(
      Ops tf, Weights weights, Operand<TFloat32> reals, Operand<TFloat32> fakes) {
    return judge(tf, weights, reals, fakes, Pass.training());
  }

  @Override
  public Operand<TFloat32> discriminatorLoss(Ops tf, Verdict verdict) {
    return contest.loss().discriminator(tf, verdict.real(), verdict.fake());
  }

  @Override
  public Operand<TFloat32> generatorLoss(Ops tf, Verdict verdict) {
    return contest.loss().generator(tf, verdict.real(), verdict.fake());
  }

  /** Real and generated samples pass separately: each is normalised by its own batch. */
  private Verdict judge(
      Ops tf, Weights weights, Operand<TFloat32> reals, Operand<TFloat32> fakes, Pass pass) {
    return new Verdict(
        discriminatorNet.judge(tf, weights, reals, pass),
        discriminatorNet.judge(tf, weights, fakes, pass));
  }
}
