package org.sparring.tasks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparring.augmentations.Dice;
import org.sparring.batches.RealSamples;
import org.sparring.games.DiscriminatorOutputs;
import org.sparring.games.Game;
import org.sparring.games.Player;
import org.sparring.games.Samples;
import org.sparring.graph.Host;
import org.sparring.graph.Seeds;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.losses.Classification;
import org.sparring.nets.Condition;
import org.sparring.nets.Judgement;
import org.sparring.regularizers.Critic;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** The contest as game rules see it, at one step of a run. */
public final class PairGame implements Game {
  private static final String NOISE = "noise";
  private static final String PENALTY = "penalty";
  private static final String AUGMENT = "augment";

  private final GameSetup contest;
  private final Players players;
  private final RealSamples samples;
  private final Seeds seeds;
  private final Operand<TInt64> step;
  private final boolean regularized;
  private final Pass generatorPass = Pass.recording();
  private final Pass discriminatorPass = Pass.recording();
  private int penalties;

  /** Of each draw, read once: they are a constant as long as the data set. */
  private final Map<Integer, Operand<TInt32>> classes = new HashMap<>();

  private int shows;
  private Operand<TFloat32> probability;

  /**
   * @param step steps done before this one, scalar
   * @param regularized whether the discriminator pays its penalty in this step
   */
  public PairGame(
      GameSetup contest,
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
  public List<Op> statistics(Ops tf) {
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
  public Samples reals(Ops tf, int draw) {
    return new Samples(samples.batch(tf, position(tf, draw)), labels(tf, draw));
  }

  @Override
  public Samples fakes(Ops tf, Weights weights, int draw) {
    // one number more than there are real batches: a rule may want noise of the generator's own
    long numbers = contest.rule().draws() + 1L;
    Ops host = Host.of(tf);
    Operand<TInt64> number =
        host.math.add(host.math.mul(step, host.constant(numbers)), host.constant((long) draw));
    Operand<TFloat32> z =
        contest.latent().sample(tf, contest.batch(), seeds.counted(tf, NOISE, number));
    // noise of the generator's own meets the last real batch, and has its classes
    Optional<Operand<TInt32>> labels = labels(tf, Math.min(draw, contest.rule().draws() - 1));
    return new Samples(
        players.generatorNet().generate(tf, weights, z, new Condition(labels), generatorPass),
        labels);
  }

  @Override
  public DiscriminatorOutputs judge(Ops tf, Weights weights, Samples reals, Samples fakes) {
    return judge(tf, weights, reals, fakes, discriminatorPass)
        .with(penalty(tf, weights, reals, fakes));
  }

  @Override
  public DiscriminatorOutputs rehearse(Ops tf, Weights weights, Samples reals, Samples fakes) {
    return consult(tf, weights, reals, fakes).with(penalty(tf, weights, reals, fakes));
  }

  @Override
  public DiscriminatorOutputs consult(Ops tf, Weights weights, Samples reals, Samples fakes) {
    return judge(tf, weights, reals, fakes, Pass.training());
  }

  @Override
  public Operand<TFloat32> discriminatorLoss(Ops tf, DiscriminatorOutputs verdict) {
    Operand<TFloat32> loss = contest.loss().discriminator(tf, verdict.real(), verdict.fake());
    return plus(tf, plus(tf, loss, verdict.classification()), verdict.penalty());
  }

  @Override
  public Operand<TFloat32> generatorLoss(Ops tf, DiscriminatorOutputs verdict) {
    Operand<TFloat32> loss = contest.loss().generator(tf, verdict.real(), verdict.fake());
    return plus(tf, loss, verdict.classification());
  }

  private static Operand<TFloat32> plus(
      Ops tf, Operand<TFloat32> loss, Optional<Operand<TFloat32>> term) {
    return term.<Operand<TFloat32>>map(t -> tf.math.add(loss, t)).orElse(loss);
  }

  /** Real and generated samples pass separately: each is normalised by its own batch. */
  private DiscriminatorOutputs judge(
      Ops tf, Weights weights, Samples reals, Samples fakes, Pass pass) {
    Judgement real = judgement(tf, weights, reals, pass);
    Judgement fake = judgement(tf, weights, fakes, pass);
    Optional<Operand<TFloat32>> ofReals = classification(tf, real, reals);
    Optional<Operand<TFloat32>> ofFakes = classification(tf, fake, fakes);
    return new DiscriminatorOutputs(real.logits(), fake.logits())
        .classifying(ofReals.map(loss -> plus(tf, loss, ofFakes)));
  }

  /** How far the classes that the discriminator sees are from the samples' own, if it sees any. */
  private static Optional<Operand<TFloat32>> classification(
      Ops tf, Judgement judgement, Samples samples) {
    return judgement
        .classes()
        .map(seen -> Classification.of(tf, seen, samples.labels().orElseThrow()));
  }

  private Judgement judgement(Ops tf, Weights weights, Samples samples, Pass pass) {
    Condition condition = new Condition(samples.labels());
    Operand<TFloat32> shown = shown(tf, samples.values());
    return players.discriminatorNet().judgement(tf, weights, shown, condition, pass);
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
      Ops tf, Weights weights, Samples reals, Samples fakes) {
    if (!regularized) {
      return Optional.empty();
    }
    Operand<TInt64> seed = seeds.counted(tf, PENALTY + penalties++, step);
    // the slope is that at the samples themselves, through what is done to them; those between a
    // real one and its fake are of the class of both
    Critic critic =
        (ops, x) ->
            judgement(ops, weights, new Samples(x, reals.labels()), Pass.training().full())
                .logits();
    return contest
        .regularization()
        .penalty()
        .map(p -> p.of(tf, critic, reals.values(), fakes.values(), seed));
  }

  /** Where the real batch of a draw begins in the run, scalar. */
  private Operand<TInt64> position(Ops tf, int draw) {
    Ops host = Host.of(tf);
    Operand<TInt64> first = host.math.mul(step, host.constant(contest.images()));
    return host.math.add(first, host.constant((long) draw * contest.batch()));
  }

  /**
   * The classes of a draw, of a conditional pair. Generated samples have those of the real ones, so
   * that both are as frequent, and a loss that pairs them compares like with like.
   */
  private Optional<Operand<TInt32>> labels(Ops tf, int draw) {
    return players.generatorNet().classes() == 0
        ? Optional.empty()
        : Optional.of(classes.computeIfAbsent(draw, d -> samples.labels(tf, position(tf, d))));
  }
}
