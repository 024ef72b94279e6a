package org.sparring.tasks;

import java.util.Optional;
import org.sparring.errors.TrainingException;
import org.sparring.optimizers.WeightClip;
import org.sparring.regularizers.Penalty;

/**
 * What keeps the discriminator from going too far: bounds on its slope beside its architecture, and
 * augmentation of what it sees.
 *
 * @param penalty added to its loss; scaled by {@code every} already where it is lazy
 * @param every the penalty is paid in the first of so many steps, at least 1 (lazy regularization,
 *     Karras et al. 2020, arXiv 1912.04958, section 3.1)
 * @param clip of its weights after each of its moves
 * @param augment of real and generated samples before it sees them
 */
public record Regularization(
    Optional<Penalty> penalty, int every, Optional<WeightClip> clip, Augment augment) {
  /** A free discriminator. */
  public static final Regularization NONE =
      new Regularization(Optional.empty(), 1, Optional.empty());

  public Regularization {
    TrainingException.require(
        every >= 1, "a penalty must be due every 1 step or more, found " + every);
  }

  /** Samples are seen as they are. */
  public Regularization(Optional<Penalty> penalty, int every, Optional<WeightClip> clip) {
    this(penalty, every, clip, Augment.NONE);
  }

  /** Whether there are steps without the penalty. */
  public boolean isLazy() {
    return penalty.isPresent() && every > 1;
  }
}
