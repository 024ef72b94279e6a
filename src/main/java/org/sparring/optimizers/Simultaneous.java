package org.sparring.optimizers;

import java.util.List;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Both players move from the same point, by gradients of one shared forward pass: simultaneous
 * gradient descent (Mescheder et al. 2017, arXiv 1705.10461, algorithm 1).
 */
public record Simultaneous() implements GameRule {

  @Override
  public Move step(Ops tf, Game game) {
    Weights g = game.generator().read(tf);
    Weights d = game.discriminator().read(tf);
    Verdict verdict = game.judge(tf, d, game.reals(tf, 0), game.fakes(tf, g, 0));
    Operand<TFloat32> dLoss = game.discriminatorLoss(tf, verdict);
    Operand<TFloat32> gLoss = game.generatorLoss(tf, verdict);
    Player.Step dMoved = game.discriminator().move(tf, dLoss, d);
    Player.Step gMoved = game.generator().move(tf, gLoss, g);
    return new Move(List.of(dMoved.done(), gMoved.done()), gMoved.writes(), dLoss, gLoss, verdict);
  }

  @Override
  public int draws() {
    return 1;
  }
}
