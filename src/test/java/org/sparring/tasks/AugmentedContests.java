package org.sparring.tasks;

import java.util.Optional;
import org.sparring.augmentations.Augmentations;
import org.sparring.games.GameRule;
import org.sparring.layers.Normalization;
import org.sparring.nets.Dcgan;
import org.sparring.nets.DiscriminatorForm;
import org.sparring.regularizers.Penalties;
import org.sparring.regularizers.Penalty;
import org.sparring.training.TinyRun;

/** Contests on 16×16 images whose discriminator sees them augmented, and pays for both slopes. */
public final class AugmentedContests {
  private AugmentedContests() {}

  static GameSetup of(GameRule rule, Augment augment) {
    var form = new DiscriminatorForm(4, Normalization.NONE, 1);
    GameSetup plain = TinyRun.contest(new Dcgan(16, 1, 3, TinyRun.LATENT, form), rule);
    Optional<Penalty> slopes = Optional.of(Penalties.zeroCentered(1));
    return Contests.with(plain, new Regularization(slopes, 1, Optional.empty(), augment));
  }

  /** The whole policy, and a probability that moves by .2 a step. */
  public static GameSetup adaptive(GameRule rule) {
    return of(
        rule,
        new Augment(
            Augmentations.ALL, 0, Optional.of(new AdaptiveProbability(0.3f, 0.02 * rule.draws()))));
  }
}
