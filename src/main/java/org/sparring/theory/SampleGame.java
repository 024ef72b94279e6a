package org.sparring.theory;

import java.util.Optional;
import org.sparring.games.DiscriminatorOutputs;
import org.sparring.games.Game;
import org.sparring.games.Player;
import org.sparring.games.Samples;
import org.sparring.graph.Weights;
import org.sparring.losses.AdversarialLoss;
import org.sparring.regularizers.Penalty;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A game over one fixed batch: nothing is drawn, so that what it does is what the equations say.
 *
 * @param players the two
 * @param reals of every draw, (n, 1)
 * @param maker of generated samples
 * @param judge of samples
 * @param loss of both players
 * @param penalty of the discriminator
 */
record SampleGame(
    Players players,
    Operand<TFloat32> reals,
    Maker maker,
    Judge judge,
    AdversarialLoss loss,
    Optional<Penalty> penalty)
    implements Game {
  /** Penalties that draw are keyed by this: the same points in every step. */
  private static final long[] KEY = {1, 0};

  record Players(Player generator, Player discriminator) {}

  /** G as a function of weights. */
  interface Maker {
    /** (n, 1). */
    Operand<TFloat32> fakes(Ops tf, Weights generator);
  }

  /** The discriminator as a function of weights and samples. */
  interface Judge {
    /** (n, 1) → (n, 1). */
    Operand<TFloat32> logits(Ops tf, Weights discriminator, Operand<TFloat32> samples);
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
    return new Samples(reals);
  }

  @Override
  public Samples fakes(Ops tf, Weights generator, int draw) {
    return new Samples(maker.fakes(tf, generator));
  }

  @Override
  public DiscriminatorOutputs judge(Ops tf, Weights d, Samples real, Samples fake) {
    return consult(tf, d, real, fake)
        .with(
            penalty.map(
                p ->
                    p.of(
                        tf,
                        (ops, x) -> judge.logits(ops, d, x),
                        real.values(),
                        fake.values(),
                        tf.constant(KEY))));
  }

  @Override
  public DiscriminatorOutputs rehearse(Ops tf, Weights d, Samples real, Samples fake) {
    return judge(tf, d, real, fake);
  }

  @Override
  public DiscriminatorOutputs consult(Ops tf, Weights d, Samples real, Samples fake) {
    return new DiscriminatorOutputs(
        judge.logits(tf, d, real.values()), judge.logits(tf, d, fake.values()));
  }

  @Override
  public Operand<TFloat32> discriminatorLoss(Ops tf, DiscriminatorOutputs verdict) {
    Operand<TFloat32> own = loss.discriminator(tf, verdict.real(), verdict.fake());
    return verdict.penalty().<Operand<TFloat32>>map(p -> tf.math.add(own, p)).orElse(own);
  }

  @Override
  public Operand<TFloat32> generatorLoss(Ops tf, DiscriminatorOutputs verdict) {
    return loss.generator(tf, verdict.real(), verdict.fake());
  }
}
