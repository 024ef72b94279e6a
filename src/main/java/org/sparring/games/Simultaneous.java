package org.sparring.games;

import org.tensorflow.op.Ops;

/**
 * Both players move from the same point, by gradients of one shared forward pass: simultaneous
 * gradient descent (Mescheder et al. 2017, arXiv 1705.10461, algorithm 1).
 */
public record Simultaneous() implements GameRule {

  @Override
  public Move step(Ops tf, Game game) {
    JointLosses bout =
        JointLosses.at(tf, game, game.generator().read(tf), game.discriminator().read(tf), 0);
    Player.Step d = game.discriminator().apply(tf, bout.discriminatorGradients(tf, game));
    Player.Step g = game.generator().apply(tf, bout.generatorGradients(tf, game));
    return bout.moved(g, d);
  }

  @Override
  public int draws() {
    return 1;
  }
}
