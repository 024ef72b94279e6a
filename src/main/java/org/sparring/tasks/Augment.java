package org.sparring.tasks;

import java.util.Optional;
import org.sparring.augmentations.Augmentations;
import org.sparring.errors.TrainingException;

/**
 * The augmentation of samples before the discriminator.
 *
 * @param kinds of augmentation, for real and generated samples alike
 * @param probability p of each kind for each sample, in [0, 1]; where it adapts, p at the first
 *     step
 * @param adaptive controller that adapts p after each step; empty if p is fixed
 */
public record Augment(
    Augmentations kinds, float probability, Optional<AdaptiveProbability> adaptive) {
  /** Samples as they are. */
  public static final Augment NONE = new Augment(Augmentations.NONE, 1, Optional.empty());

  public Augment {
    TrainingException.require(
        probability >= 0 && probability <= 1,
        "the probability of augmentation must lie in [0, 1], found " + probability);
    TrainingException.require(
        adaptive.isEmpty() || !kinds.isNone(),
        "an adaptive probability needs augmentations, found none");
  }
}
