package org.sparring.training;

import java.util.List;
import java.util.Optional;
import org.sparring.augmentations.Augmentations;
import org.sparring.nets.Dcgan;
import org.sparring.nets.DiscriminatorForm;
import org.sparring.nets.Normalization;
import org.sparring.optimizers.GameRule;
import org.sparring.regularizers.Penalties;
import org.sparring.regularizers.Penalty;

/** Contests on 16×16 images whose discriminator sees them augmented, and pays for both slopes. */
final class AugmentedContests {
  private AugmentedContests() {}

  static Contest of(GameRule rule, Augment augment) {
    var form = new DiscriminatorForm(4, Normalization.NONE, 1);
    Contest plain = TinyRun.contest(new Dcgan(16, 1, 3, TinyRun.LATENT, form), rule);
    Optional<Penalty> slopes = Optional.of(Penalties.zeroCentered(1));
    return Contests.with(plain, new Regularization(slopes, 1, Optional.empty(), augment));
  }

  /** The whole policy, and a probability that moves by .2 a step. */
  static Contest adaptive(GameRule rule) {
    return of(
        rule,
        new Augment(
            Augmentations.named(List.of("color", "translation", "cutout")),
            0,
            Optional.of(new AdaptiveProbability(0.3f, 0.02 * rule.draws()))));
  }
}
