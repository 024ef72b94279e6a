package org.sparring.games;

import java.util.List;
import org.sparring.errors.OptimizerException;
import org.sparring.graph.Weights;
import org.tensorflow.op.Ops;

/**
 * Algorithm 1 of Goodfellow et al. 2014 (arXiv 1406.2661): k discriminator steps, each on a new
 * minibatch, then one generator step against the updated discriminator.
 *
 * <p>The paper samples new noise for the generator's step. By default the generated samples of the
 * last discriminator step are used again: the generator has not changed since, so they still follow
 * its distribution, and one forward pass is saved. {@code freshNoise} follows the paper.
 *
 * @param discriminatorSteps k, at least 1
 * @param freshNoise whether the generator's step samples its own latent vectors
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
    Round round = discriminatorStep(tf, game, new Point(g, game.discriminator().read(tf)), 0);
    for (int draw = 1; draw < discriminatorSteps; draw++) {
      Weights d = game.discriminator().read(tf, round.moved.writes());
      // the count of updates is read after the last step's write
      Ops then = tf.withControlDependencies(List.of(round.moved.done()));
      round = discriminatorStep(then, game, new Point(g, d), draw);
    }
    // read after the last update: the generator is trained against the updated discriminator
    Weights d = game.discriminator().read(tf, round.moved.writes());
    int draw = freshNoise ? discriminatorSteps : discriminatorSteps - 1;
    Losses met = game.at(tf, new Point(g, d), draw, Mode.GENERATOR_UPDATE);
    Player.Step moved = game.generator().move(tf, met.generator(), g);
    return new Move(moved, round.moved, round.losses.withGenerator(met.generator()));
  }

  @Override
  public int draws() {
    return discriminatorSteps;
  }

  private static Round discriminatorStep(Ops tf, Game game, Point point, int draw) {
    Losses losses = game.at(tf, point, draw, Mode.UPDATE);
    Player.Step moved =
        game.discriminator().move(tf, losses.discriminator(), point.discriminator());
    return new Round(losses, moved);
  }

  private record Round(Losses losses, Player.Step moved) {}
}
