package org.sparring.games;

import org.sparring.errors.OptimizerException;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Unrolled GANs (Metz et al. 2017, arXiv 1611.02163, equations 7 to 11): the generator's loss is
 * evaluated against the discriminator after k further updates, and is differentiated through these
 * updates. Only the first update is applied to the discriminator. Requires second derivatives of
 * the networks.
 *
 * <p>All updates use the discriminator's optimizer and the minibatch of the step.
 *
 * @param steps k, at least 1
 */
public record Unrolled(int steps) implements GameRule {
  public Unrolled {
    OptimizerException.require(
        steps >= 1, "an unrolled discriminator must make at least 1 step, found " + steps);
  }

  @Override
  public Move step(Ops tf, Game game) {
    Point here = new Point(game.generator().read(tf), game.discriminator().read(tf));
    Losses losses = game.at(tf, here, 0, Mode.UPDATE);
    Player player = game.discriminator();
    Player.Ahead first =
        player.ahead(
            tf,
            player.start(tf),
            player.gradients(tf, losses.discriminator(), here.discriminator()));
    Weights moved = player.descended(tf, here.discriminator(), first.descents());
    Point later = unrolled(tf, game, new Point(here.generator(), moved), first);
    Losses met = game.at(tf, later, 0, Mode.GENERATOR_UPDATE);
    Player.Step gMoved = game.generator().move(tf, met.generator(), here.generator());
    return new Move(gMoved, player.write(tf, moved, first), losses.withGenerator(met.generator()));
  }

  @Override
  public int draws() {
    return 1;
  }

  @Override
  public boolean differentiatesGradients() {
    return true;
  }

  /**
   * Returns the point after k updates of the discriminator, as a function of the generator's
   * weights.
   *
   * @param moved weights after the first update
   * @param first state of the discriminator's optimizer after it
   */
  private Point unrolled(Ops tf, Game game, Point moved, Player.Ahead first) {
    Player player = game.discriminator();
    Player.Ahead state = first;
    Point point = moved;
    for (int update = 1; update < steps; update++) {
      Weights d = point.discriminator();
      Operand<TFloat32> loss = game.at(tf, point, 0, Mode.LOOK_AHEAD).discriminator();
      state = player.ahead(tf, state, player.gradients(tf, loss, d));
      point = new Point(point.generator(), player.descended(tf, d, state.descents()));
    }
    return point;
  }
}
