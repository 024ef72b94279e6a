package org.sparring.games;

import org.tensorflow.op.Ops;

/**
 * A game of two players as a rule sees it: two losses that can be evaluated at any point of the
 * players' weights.
 */
public interface Game {
  /** Returns the generator, which updates θ. */
  Player generator();

  /** Returns the discriminator, which updates φ. */
  Player discriminator();

  /**
   * Returns both losses at a point.
   *
   * @param point θ and φ
   * @param draw number of the minibatch and of the latent vectors within the step, from 0; equal
   *     numbers give equal samples. From {@link GameRule#draws()} on, the last real minibatch is
   *     used again with new latent vectors
   * @param mode determines which terms are included and whether running statistics are updated
   */
  Losses at(Ops tf, Point point, int draw, Mode mode);
}
