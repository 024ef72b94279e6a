package org.sparring.games;

import org.sparring.errors.OptimizerException;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Unrolled GANs (Metz et al. 2017, arXiv 1611.02163, equations 7 to 11): the generator's loss is
 * that against the discriminator as it would be k updates later, and is differentiated through
 * those updates. The discriminator itself makes the first of them. Second derivatives of the
 * networks are needed.
 *
 * <p>The updates are those of the discriminator's own optimizer, all on the batch of the step.
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
    Weights g = game.generator().read(tf);
    Weights d = game.discriminator().read(tf);
    Samples reals = game.reals(tf, 0);
    Samples fakes = game.fakes(tf, g, 0);
    DiscriminatorOutputs verdict = game.judge(tf, d, reals, fakes);
    Operand<TFloat32> dLoss = game.discriminatorLoss(tf, verdict);
    Player player = game.discriminator();
    Player.Ahead first = player.ahead(tf, player.start(tf), player.gradients(tf, dLoss, d));
    Weights moved = player.descended(tf, d, first.descents());
    Weights later = unrolled(tf, game, moved, first, reals, fakes);
    Operand<TFloat32> gLoss = game.generatorLoss(tf, game.consult(tf, later, reals, fakes));
    Player.Step gMoved = game.generator().move(tf, gLoss, g);
    return new Move(gMoved, player.write(tf, moved, first), dLoss, gLoss, verdict);
  }

  @Override
  public int draws() {
    return 1;
  }

  @Override
  public boolean differentiatesGradients() {
    return true;
  }

  /** φ after k updates, as a function of the fakes; the first is made. */
  private Weights unrolled(
      Ops tf, Game game, Weights moved, Player.Ahead first, Samples reals, Samples fakes) {
    Player player = game.discriminator();
    Player.Ahead state = first;
    Weights point = moved;
    for (int update = 1; update < steps; update++) {
      DiscriminatorOutputs verdict = game.rehearse(tf, point, reals, fakes);
      Operand<TFloat32> loss = game.discriminatorLoss(tf, verdict);
      state = player.ahead(tf, state, player.gradients(tf, loss, point));
      point = player.descended(tf, point, state.descents());
    }
    return point;
  }
}
