package org.sparring.tasks;

import org.sparring.games.Player;
import org.sparring.graph.Owner;
import org.sparring.graph.Variables;
import org.sparring.nets.Discriminator;
import org.sparring.nets.Generator;

/**
 * The two networks of a contest and who moves them, made once in a graph.
 *
 * @param generatorNet G
 * @param discriminatorNet D
 * @param generator moves G
 * @param discriminator moves D
 * @param augmenter what D sees of samples
 */
public record Players(
    Generator generatorNet,
    Discriminator discriminatorNet,
    Player generator,
    Player discriminator,
    Augmenter augmenter) {

  public static Players of(GameSetup contest, Variables variables) {
    Generator g = contest.architecture().generator(variables);
    Discriminator d = contest.architecture().discriminator(variables);
    return new Players(
        g,
        d,
        new Player(variables, Owner.GENERATOR, g.variables(), contest.optimizers().generator()),
        new Player(
            variables,
            Owner.DISCRIMINATOR,
            d.variables(),
            contest.optimizers().discriminator(),
            contest.regularization().clip()),
        Augmenter.of(contest.regularization().augment(), variables));
  }
}
