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
   * Returns both losses at a point.
   *
   * @param point θ and φ
   * @param draw number of the minibatch and of the latent vectors in the step: equal numbers give
   *     equal samples. From 0; beyond {@link GameRule#draws()} the last real minibatch is used
   *     again with new latent vectors
   * @param mode which terms are included and whether running statistics move
   */
  Losses at(Ops tf, Point point, int draw, Mode mode);
}
