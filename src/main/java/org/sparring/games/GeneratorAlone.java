package org.sparring.games;

import java.util.List;
import java.util.Map;
import org.sparring.graph.Weights;
import org.tensorflow.op.Ops;

/** Only the generator moves, on one minibatch: pretraining. The discriminator keeps its weights. */
public record GeneratorAlone() implements GameRule {
  @Override
  public Move step(Ops tf, Game game) {
    Weights g = game.generator().read(tf);
    Point point = new Point(g, game.discriminator().read(tf));
    Losses losses = game.at(tf, point, 0, Mode.UPDATE);
    Player.Step moved = game.generator().move(tf, losses.generator(), g);
    Ops then = tf.withControlDependencies(List.of(moved.done()));
    return new Move(moved, new Player.Step(then.noOp(), Map.of(), 0), losses);
  }

  @Override
  public int draws() {
    return 1;
  }
}
