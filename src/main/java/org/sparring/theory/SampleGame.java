package org.sparring.theory;

import java.util.Optional;
import org.sparring.games.Game;
import org.sparring.games.Losses;
import org.sparring.games.Mode;
import org.sparring.games.Player;
import org.sparring.games.Point;
import org.sparring.graph.Weights;
import org.sparring.losses.AdversarialLoss;
import org.sparring.regularizers.Critic;
import org.sparring.regularizers.Penalty;
import org.sparring.replicas.RandomRows;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A game over one fixed batch. Nothing is random, so the game follows the equations exactly.
 *
 * @param players both players
 * @param reals real samples of every minibatch, (n, 1)
 * @param maker the generator
 * @param judge the discriminator
 * @param loss loss of both players
 * @param penalty penalty of the discriminator
 */
record SampleGame(
    Players players,
    Operand<TFloat32> reals,
    Maker maker,
    Judge judge,
    AdversarialLoss loss,
    Optional<Penalty> penalty)
    implements Game {
  /** Key for the random numbers of penalties, which are the same in every step. */
  private static final long[] KEY = {1, 0};

  record Players(Player generator, Player discriminator) {}

  /** The generator as a function of its weights. */
  interface Maker {
    /** Returns generated samples, (n, 1). */
    Operand<TFloat32> fakes(Ops tf, Weights generator);
  }

  /** The discriminator as a function of its weights and of samples. */
  interface Judge {
    /** Returns the logits of samples, (n, 1) → (n, 1). */
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
  public Losses at(Ops tf, Point point, int draw, Mode mode) {
    Operand<TFloat32> fakes = maker.fakes(tf, point.generator());
    Operand<TFloat32> real = judge.logits(tf, point.discriminator(), reals);
    Operand<TFloat32> fake = judge.logits(tf, point.discriminator(), fakes);
    Operand<TFloat32> own = loss.discriminator(tf, real, fake);
    Operand<TFloat32> d =
        penalty
            .filter(p -> mode.isPenalized())
            .<Operand<TFloat32>>map(p -> tf.math.add(own, penalty(tf, p, point, fakes)))
            .orElse(own);
    return new Losses(loss.generator(tf, real, fake), d);
  }

  private Operand<TFloat32> penalty(Ops tf, Penalty term, Point point, Operand<TFloat32> fakes) {
    Critic critic = (ops, x) -> judge.logits(ops, point.discriminator(), x);
    return term.of(tf, critic, reals, fakes, RandomRows.single(tf.constant(KEY)));
  }
}
