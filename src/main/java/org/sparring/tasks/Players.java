package org.sparring.tasks;

import java.util.Optional;
import org.sparring.games.Bounds;
import org.sparring.games.Player;
import org.sparring.graph.Owner;
import org.sparring.graph.Variables;

/**
 * The two players of a game and the networks that they update, created once in a graph.
 *
 * @param networks of the task
 * @param generator updates the generator's networks
 * @param discriminator updates the discriminator's networks
 */
public record Players(TaskNetworks networks, Player generator, Player discriminator) {

  /** Creates networks, optimizer slots and counters. */
  public static Players of(GameSetup setup, Variables variables) {
    TaskNetworks networks = setup.task().create(variables);
    return new Players(
        networks,
        new Player(
            variables,
            Owner.GENERATOR,
            networks.variables(Owner.GENERATOR),
            setup.optimizers().generator(),
            new Bounds(Optional.empty(), setup.optimizers().gradientNorm()),
            setup.exchange()),
        new Player(
            variables,
            Owner.DISCRIMINATOR,
            networks.variables(Owner.DISCRIMINATOR),
            setup.optimizers().discriminator(),
            new Bounds(setup.task().clip(), setup.optimizers().gradientNorm()),
            setup.exchange()));
  }
}
