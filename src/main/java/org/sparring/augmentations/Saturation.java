package org.sparring.augmentations;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * sx + (1 − s)m with s ~ U(0, 2) and m the mean of a pixel's channels: {@code rand_saturation} of
 * Zhao et al. 2020 (arXiv 2006.10738). An image of one channel is not changed; an alpha channel is
 * treated as a colour.
 */
public record Saturation() implements Augmentation {
  static final String NAME = "saturation";

  private static final int[] CHANNELS = {3};

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> images, Operand<TFloat32> probability, Dice dice) {
    if (images.shape().get(3) == 1) {
      return images;
    }
    long count = images.shape().get(0);
    Operand<TFloat32> chosen = dice.coin(tf, NAME, count, probability);
    // s − 1, in (−1, 1)
    Operand<TFloat32> more =
        tf.math.sub(tf.math.mul(tf.constant(2f), dice.uniform(tf, NAME, count)), tf.constant(1f));
    Operand<TFloat32> mean = tf.math.mean(images, tf.constant(CHANNELS), Mean.keepDims(true));
    return Contrast.spread(tf, images, mean, tf.math.mul(chosen, more));
  }
}
