package org.sparring.games;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The losses of a game at one point with the gradient of each player's own loss.
 *
 * @param point (θ, φ)
 */
record Pulls(Point point, Losses losses, Game game) {

  /**
   * Evaluates the losses at the current weights of both players, on the first minibatch of a step.
   */
  static Pulls here(Ops tf, Game game) {
    Point point = new Point(game.generator().read(tf), game.discriminator().read(tf));
    return at(tf, game, point, 0);
  }

  /** Evaluates the losses at any point; updates running statistics. */
  static Pulls at(Ops tf, Game game, Point point, int draw) {
    return new Pulls(point, game.at(tf, point, draw, Mode.UPDATE), game);
  }

  /** Returns ∇φ of the discriminator's loss, the mean over all replicas. */
  List<Operand<TFloat32>> discriminator(Ops tf) {
    return game.discriminator().mean(tf, ownDiscriminator(tf));
  }

  /** Returns ∇θ of the generator's loss, the mean over all replicas. */
  List<Operand<TFloat32>> generator(Ops tf) {
    return game.generator().mean(tf, ownGenerator(tf));
  }

  /** Returns ∇φ on this replica's part of the minibatch. */
  List<Operand<TFloat32>> ownDiscriminator(Ops tf) {
    return game.discriminator().ownGradients(tf, losses.discriminator(), point.discriminator());
  }

  /** Returns ∇θ on this replica's part of the minibatch. */
  List<Operand<TFloat32>> ownGenerator(Ops tf) {
    return game.generator().ownGradients(tf, losses.generator(), point.generator());
  }
}
