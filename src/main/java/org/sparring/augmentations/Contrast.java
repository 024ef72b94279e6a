package org.sparring.augmentations;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/**
 * kx + (1 − k)m with k ~ U(½, 3/2) and m the mean of the whole image: {@code rand_contrast} of Zhao
 * et al. 2020 (arXiv 2006.10738).
 */
public record Contrast() implements Augmentation {
  static final String NAME = "contrast";

  private static final int[] IMAGE = {1, 2, 3};

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> images, Operand<TFloat32> probability, Dice dice) {
    long count = images.shape().get(0);
    Operand<TFloat32> chosen = dice.coin(tf, NAME, count, probability);
    // k − 1, in (−½, ½)
    Operand<TFloat32> more = tf.math.sub(dice.uniform(tf, NAME, count), tf.constant(0.5f));
    Operand<TFloat32> mean = tf.math.mean(images, tf.constant(IMAGE), Mean.keepDims(true));
    return spread(tf, images, mean, tf.math.mul(chosen, more));
  }

  /** Returns x + more·(x − m); exactly x where {@code more} is 0. */
  static Operand<TFloat32> spread(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> mean, Operand<TFloat32> more) {
    return tf.math.add(x, tf.math.mul(more, tf.math.sub(x, mean)));
  }
}
