package org.sparring.augmentations;

import java.util.List;
import org.sparring.errors.AugmentationException;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Augmentations applied one after the other (Zhao et al. 2020, arXiv 2006.10738, section 3).
 * Whether an image is changed is drawn separately for each augmentation, as in Karras et al. 2020
 * (arXiv 2006.06676, section 2.2).
 *
 * @param steps the augmentations in the order in which they are applied; an empty list is the
 *     identity
 */
public record Augmentations(List<Augmentation> steps) implements Augmentation {
  /** No augmentation. */
  public static final Augmentations NONE = new Augmentations(List.of());

  /** The policy {@code color} of Zhao et al. 2020. */
  public static final Augmentations COLOR =
      new Augmentations(List.of(new Brightness(), new Saturation(), new Contrast()));

  /** The policies {@code color}, {@code translation} and {@code cutout} of Zhao et al. 2020. */
  public static final Augmentations ALL =
      new Augmentations(
          List.of(
              new Brightness(), new Saturation(), new Contrast(), new Translation(), new Cutout()));

  public Augmentations {
    steps = List.copyOf(steps);
  }

  /** Returns whether the list is empty. */
  public boolean isNone() {
    return steps.isEmpty();
  }

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> images, Operand<TFloat32> probability, Dice dice) {
    AugmentationException.require(
        isNone() || images.shape().numDimensions() == 4,
        "augmentations are for images (batch, height, width, channels), found " + images.shape());
    Operand<TFloat32> augmented = images;
    for (Augmentation step : steps) {
      augmented = step.apply(tf, augmented, probability, dice);
    }
    return augmented;
  }
}
