package org.sparring.games;

import org.tensorflow.op.Ops;

/** Determines which player updates when, and at which weights the gradients are evaluated. */
public interface GameRule {

  /** Builds the ops of one step. */
  Move step(Ops tf, Game game);

  /** Minibatches of real samples that one step consumes, at least 1. */
  int draws();

  /** Whether a step differentiates gradients, as few ops can be. */
  default boolean differentiatesGradients() {
    return false;
  }
}
