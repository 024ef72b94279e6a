package org.sparring.tasks;

import org.sparring.errors.TrainingException;
import org.sparring.games.GameRule;
import org.sparring.losses.AdversarialLoss;
import org.sparring.nets.Architecture;
import org.sparring.nets.Latent;
import org.sparring.optimizers.Optimizer;

/**
 * What is played: the two networks, what each minimises, who moves when, and by what optimizer.
 *
 * @param architecture the pair of networks
 * @param latent the prior, of the architecture's latent size
 * @param loss of both players
 * @param regularization of the discriminator
 * @param rule who moves when
 * @param optimizers of both players
 * @param averageDecay of the generator's moving average, in [0, 1)
 * @param batch real images, and as many generated ones, a draw; at least 1, and a multiple of what
 *     the discriminator judges at once
 */
public record GameSetup(
    Architecture architecture,
    Latent latent,
    AdversarialLoss loss,
    Regularization regularization,
    GameRule rule,
    Optimizers optimizers,
    float averageDecay,
    int batch) {

  /** How each player moves. */
  public record Optimizers(Optimizer generator, Optimizer discriminator) {}

  /** Real samples that a step shows. */
  public long images() {
    return (long) rule.draws() * batch;
  }

  public GameSetup {
    TrainingException.require(batch >= 1, "batch must be at least 1, found " + batch);
    int packing = architecture.form().packing();
    TrainingException.require(
        batch % packing == 0,
        "batch must be a multiple of net.packing " + packing + ", found " + batch);
    TrainingException.require(
        architecture.latent() == latent.size(),
        "the generator takes latent vectors of "
            + architecture.latent()
            + ", the prior gives "
            + latent.size());
  }
}
