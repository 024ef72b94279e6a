package org.sparring.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparring.augmentations.Dice;
import org.sparring.graph.Seeds;
import org.sparring.graph.Weights;
import org.sparring.nets.Discriminator;
import org.sparring.nets.Pass;
import org.sparring.optimizers.Game;
import org.sparring.optimizers.Player;
import org.sparring.optimizers.Verdict;
import org.sparring.regularizers.Critic;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** The contest as game rules see it, at one step of a run. */
final class ContestGame implements Game {
  private static final String NOISE = "noise";
  private static final String PENALTY = "penalty";
  private static final String AUGMENT = "augment";

  private final Contest contest;
  private final Players players;
  private final RealSamples samples;
  private final Seeds seeds;
  private final Operand<TInt64> step;
  private final boolean regularized;
  private final Pass generatorPass = Pass.recording();
  private final Pass discriminatorPass = Pass.recording();
  private int penalties;
  private int shows;
  private Operand<TFloat32> probability;

  /**
   * @param step steps done before this one, scalar
   * @param regularized whether the discriminator pays its penalty in this step
   */
  ContestGame(
      Contest contest,
      Players players,
      RealSamples samples,
      Seeds seeds,
      Operand<TInt64> step,
      boolean regularized) {
    this.contest = contest;
    this.players = players;
    this.samples = samples;
    this.seeds = seeds;
    this.step = step;
    this.regularized = regularized;
  }

  /** Writes of the running statistics; to be built when the rule has built its step. */
  List<Op> statistics(Ops tf) {
    List<Op> writes = new ArrayList<>(generatorPass.writes(tf));
    writes.addAll(discriminatorPass.writes(tf));
    return writes;
  }

  @Override
  public Player generator() {
    return players.generator();
  }

  @Override
  public Player discriminator() {
    return players.discriminator();
  }

  @Override
  public Operand<TFloat32> reals(Ops tf, int draw) {
    Operand<TInt64> first = tf.math.mul(step, tf.constant(contest.images()));
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
    return players.generatorNet().generate(tf, weights, z, generatorPass);
  }

  @Override
  public Verdict judge(Ops tf, Weights weights, Operand<TFloat32> reals, Operand<TFloat32> fakes) {
    return judge(tf, weights, reals, fakes, discriminatorPass)
        .with(penalty(tf, weights, reals, fakes));
  }

  @Override
  public Verdict rehearse(
      Ops tf, Weights weights, Operand<TFloat32> reals, Operand<TFloat32> fakes) {
    return consult(tf, weights, reals, fakes).with(penalty(tf, weights, reals, fakes));
  }

  @Override
  public Verdict consult(
      Ops tf, Weights weights, Operand<TFloat32> reals, Operand<TFloat32> fakes) {
    return judge(tf, weights, reals, fakes, Pass.training());
  }

  @Override
  public Operand<TFloat32> discriminatorLoss(Ops tf, Verdict verdict) {
    Operand<TFloat32> loss = contest.loss().discriminator(tf, verdict.real(), verdict.fake());
    return verdict
        .penalty()
        .<Operand<TFloat32>>map(penalty -> tf.math.add(loss, penalty))
        .orElse(loss);
  }

  @Override
  public Operand<TFloat32> generatorLoss(Ops tf, Verdict verdict) {
    return contest.loss().generator(tf, verdict.real(), verdict.fake());
  }

  /** Real and generated samples pass separately: each is normalised by its own batch. */
  private Verdict judge(
      Ops tf, Weights weights, Operand<TFloat32> reals, Operand<TFloat32> fakes, Pass pass) {
    Discriminator net = players.discriminatorNet();
    return new Verdict(
        net.judge(tf, weights, shown(tf, reals), pass),
        net.judge(tf, weights, shown(tf, fakes), pass));
  }

  /** What the discriminator sees of samples: each time it is asked, by dice of their own. */
  private Operand<TFloat32> shown(Ops tf, Operand<TFloat32> samples) {
    if (contest.regularization().augment().kinds().isNone()) {
      return samples;
    }
    if (probability == null) {
      probability = players.augmenter().probability(tf);
    }
    Dice dice = new Dice(seeds, AUGMENT + shows++, step);
    return players.augmenter().shown(tf, samples, probability, dice);
  }

  private Optional<Operand<TFloat32>> penalty(
      Ops tf, Weights weights, Operand<TFloat32> reals, Operand<TFloat32> fakes) {
    if (!regularized) {
      return Optional.empty();
    }
    Operand<TInt64> seed = seeds.counted(tf, PENALTY + penalties++, step);
    Discriminator net = players.discriminatorNet();
    // the slope is that at the samples themselves, through what is done to them
    Critic critic = (ops, x) -> net.judge(ops, weights, shown(ops, x), Pass.training());
    return contest.regularization().penalty().map(p -> p.of(tf, critic, reals, fakes, seed));
  }
}
