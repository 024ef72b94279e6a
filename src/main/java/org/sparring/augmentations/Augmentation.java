package org.sparring.augmentations;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A random change of images. Each image is changed or left unchanged independently of the others.
 */
public interface Augmentation {

  /**
   * @param images (batch, height, width, channels) in [−1, 1]; the batch is known while building
   * @param probability that an image is changed, scalar in [0, 1]; at 0 every value stays as it is
   * @param dice of this batch
   * @return images of the same shape, which may lie outside [−1, 1]; differentiable by {@code
   *     images} as often as they are
   */
  Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> images, Operand<TFloat32> probability, Dice dice);
}
