package org.sparring.training;

import org.sparring.losses.AdversarialLoss;
import org.sparring.nets.Architecture;
import org.sparring.nets.Latent;
import org.sparring.optimizers.Adam;
import org.sparring.optimizers.GameRule;

/**
 * What is played: the two networks, what each minimises, who moves when, and by what optimizer.
 *
 * @param architecture the pair of networks
 * @param latent the prior, of the architecture's latent size
 * @param loss of both players
 * @param rule who moves when
 * @param generator the generator's optimizer
 * @param discriminator the discriminator's optimizer
 * @param averageDecay of the generator's moving average, in [0, 1)
 * @param batch real images, and as many generated ones, a draw; at least 1
 */
public record Contest(
    Architecture architecture,
    Latent latent,
    AdversarialLoss loss,
    GameRule rule,
    Adam generator,
    Adam discriminator,
    float averageDecay,
    int batch) {
  public Contest {
    TrainingException.require(batch >= 1, "batch must be at least 1, found " + batch);
    TrainingException.require(
        architecture.latent() == latent.size(),
        "the generator takes latent vectors of "
            + architecture.latent()
            + ", the prior gives "
            + latent.size());
  }
}
