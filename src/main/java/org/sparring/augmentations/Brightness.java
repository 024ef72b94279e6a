package org.sparring.augmentations;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** x + b with b ~ U(−½, ½): {@code rand_brightness} of Zhao et al. 2020 (arXiv 2006.10738). */
public record Brightness() implements Augmentation {
  static final String NAME = "brightness";

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> images, Operand<TFloat32> probability, Dice dice) {
    long count = images.shape().get(0);
    Operand<TFloat32> chosen = dice.coin(tf, NAME, count, probability);
    Operand<TFloat32> shift = tf.math.sub(dice.uniform(tf, NAME, count), tf.constant(0.5f));
    return tf.math.add(images, tf.math.mul(chosen, shift));
  }
}
