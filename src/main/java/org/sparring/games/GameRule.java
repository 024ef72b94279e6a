package org.sparring.games;

import org.tensorflow.op.Ops;

/** Who moves when, and from which point. */
public interface GameRule {

  /** Builds the ops of one step. */
  Move step(Ops tf, Game game);

  /** Batches of real samples that one step consumes, at least 1. */
  int draws();

  /** Whether a step differentiates gradients, as few ops can be. */
  default boolean differentiatesGradients() {
    return false;
  }
}
