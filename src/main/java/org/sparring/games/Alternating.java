package org.sparring.games;

import java.util.List;
import org.sparring.errors.OptimizerException;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Algorithm 1 of Goodfellow et al. 2014 (arXiv 1406.2661): k discriminator steps, each on a fresh
 * batch, then one generator step against the discriminator as it then is.
 *
 * <p>The paper draws fresh noise for the generator's step. By default the fakes of the last
 * discriminator step serve again: the generator has not moved since, so they are as much samples of
 * it, and a forward pass is saved. {@code freshNoise} follows the letter.
 *
 * @param discriminatorSteps k, at least 1
 * @param freshNoise whether the generator's step draws its own noise
 */
public record Alternating(int discriminatorSteps, boolean freshNoise) implements GameRule {
  public Alternating {
    OptimizerException.require(
        discriminatorSteps >= 1,
        "the discriminator must make at least 1 step a round, found " + discriminatorSteps);
  }

  public Alternating(int discriminatorSteps) {
    this(discriminatorSteps, false);
  }

  @Override
  public Move step(Ops tf, Game game) {
    Weights g = game.generator().read(tf);
    Round round = discriminatorStep(tf, game, g, 0, game.discriminator().read(tf));
    for (int draw = 1; draw < discriminatorSteps; draw++) {
      Weights moved = game.discriminator().read(tf, round.moved.writes());
      // the count of updates is read behind the last step's
      Ops then = tf.withControlDependencies(List.of(round.moved.done()));
      round = discriminatorStep(then, game, g, draw, moved);
    }
    Samples fakes = freshNoise ? game.fakes(tf, g, discriminatorSteps) : round.fakes;
    // read behind the last move: the generator meets the discriminator as it now is
    Weights d = game.discriminator().read(tf, round.moved.writes());
    Operand<TFloat32> gLoss = game.generatorLoss(tf, game.consult(tf, d, round.reals, fakes));
    Player.Step gMoved = game.generator().move(tf, gLoss, g);
    return new Move(gMoved, round.moved, round.loss, gLoss, round.verdict);
  }

  @Override
  public int draws() {
    return discriminatorSteps;
  }

  private static Round discriminatorStep(Ops tf, Game game, Weights g, int draw, Weights d) {
    Samples reals = game.reals(tf, draw);
    Samples fakes = game.fakes(tf, g, draw);
    DiscriminatorOutputs verdict = game.judge(tf, d, reals, fakes);
    Operand<TFloat32> loss = game.discriminatorLoss(tf, verdict);
    return new Round(reals, fakes, verdict, loss, game.discriminator().move(tf, loss, d));
  }

  private record Round(
      Samples reals,
      Samples fakes,
      DiscriminatorOutputs verdict,
      Operand<TFloat32> loss,
      Player.Step moved) {}
}
