package org.sparring.tasks;

import java.util.Optional;
import org.sparring.errors.TrainingException;
import org.sparring.optimizers.WeightClip;
import org.sparring.regularizers.Penalty;

/**
 * Regularises the discriminator: bounds on its gradient in addition to its architecture, and
 * augmentation of its inputs.
 *
 * @param penalty term added to its loss; already scaled by {@code every} if it is lazy
 * @param every period of the penalty in steps, at least 1; it is added in the first step of each
 *     period (lazy regularization, Karras et al. 2020, arXiv 1912.04958, section 3.1)
 * @param clip clipping of its weights after each of its updates
 * @param augment augmentation of real and generated samples before the discriminator
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

  /** Creates a regularization without augmentation. */
  public Regularization(Optional<Penalty> penalty, int every, Optional<WeightClip> clip) {
    this(penalty, every, clip, Augment.NONE);
  }

  /** Whether there are steps without the penalty. */
  public boolean isLazy() {
    return penalty.isPresent() && every > 1;
  }
}
