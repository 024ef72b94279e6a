package org.sparring.games;

import org.tensorflow.op.Ops;

/**
 * A game of two players as a rule sees it: two losses that can be evaluated at any point of the
 * players' weights.
 */
public interface Game {
  /** The player that moves θ. */
  Player generator();

  /** The player that moves φ. */
  Player discriminator();

  /**
   * Both losses at a point.
   *
   * @param point θ and φ
   * @param draw which minibatch and which noise of the step: equal numbers give equal samples. From
   *     0; a rule that asks for more than {@link GameRule#draws()} gets new noise and the last real
   *     minibatch
   * @param mode which terms are included and whether running statistics move
   */
  Losses at(Ops tf, Point point, int draw, Mode mode);
}
