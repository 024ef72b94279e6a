package org.sparring.games;

import org.tensorflow.op.Ops;

/**
 * Both players update from the same point, with gradients of one shared forward pass: simultaneous
 * gradient descent (Mescheder et al. 2017, arXiv 1705.10461, algorithm 1).
 */
public record Simultaneous() implements GameRule {

  @Override
  public Move step(Ops tf, Game game) {
    Pulls pulls = Pulls.here(tf, game);
    Player.Step d = game.discriminator().apply(tf, pulls.discriminator(tf));
    Player.Step g = game.generator().apply(tf, pulls.generator(tf));
    return new Move(g, d, pulls.losses());
  }

  @Override
  public int draws() {
    return 1;
  }
}
