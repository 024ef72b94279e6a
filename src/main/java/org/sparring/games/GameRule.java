package org.sparring.games;

import org.tensorflow.op.Ops;

/**
 * Determines the order of the players' updates, and the weights at which gradients are evaluated.
 */
public interface GameRule {

  /** Builds the ops of one step. */
  Move step(Ops tf, Game game);

  /** Returns the number of real minibatches that one step consumes, at least 1. */
  int draws();

  /** Returns whether a step differentiates gradients, which only few ops support. */
  default boolean differentiatesGradients() {
    return false;
  }
}
