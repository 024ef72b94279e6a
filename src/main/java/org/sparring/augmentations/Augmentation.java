package org.sparring.augmentations;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A random change of images. Each image is changed or left unchanged independently of the others.
 */
public interface Augmentation {

  /**
   * @param images (batch, height, width, channels) in [−1, 1]; the batch size is known while the
   *     graph is built
   * @param probability that an image is changed, scalar in [0, 1]; at 0 every value stays the same
   *     to the last bit
   * @param dice random numbers of this minibatch
   * @return images of the same shape, whose values may lie outside [−1, 1]; differentiable with
   *     respect to {@code images}, also twice
   */
  Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> images, Operand<TFloat32> probability, Dice dice);
}
