package org.sparring.augmentations;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Sets a square to 0, the middle grey of [−1, 1]. The side of the square is half of the image's
 * side, rounded. Its centre is uniform over the image, so part of the square may lie outside:
 * {@code rand_cutout} of Zhao et al. 2020 (arXiv 2006.10738).
 */
public record Cutout() implements Augmentation {
  static final String ROWS = "cutout/rows";
  static final String COLUMNS = "cutout/columns";

  private static final String NAME = "cutout";

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> images, Operand<TFloat32> probability, Dice dice) {
    long count = images.shape().get(0);
    int height = (int) images.shape().get(1);
    int width = (int) images.shape().get(2);
    Operand<TFloat32> chosen = dice.coin(tf, NAME, count, probability);
    Operand<TFloat32> rows = inside(tf, dice.uniform(tf, ROWS, count), height, 1);
    Operand<TFloat32> columns = inside(tf, dice.uniform(tf, COLUMNS, count), width, 2);
    Operand<TFloat32> cut = tf.math.mul(chosen, tf.math.mul(rows, columns)); // (batch, h, w, 1)
    return tf.math.mul(images, tf.math.sub(tf.constant(1f), cut));
  }

  /** Returns the side of the square for an image of this side, in pixels. */
  static int size(int side) {
    return (int) (side * 0.5 + 0.5);
  }

  /**
   * Returns 1 at the positions along an axis that are cut and 0 elsewhere, (batch, side, 1, 1) or
   * (batch, 1, side, 1).
   */
  private static Operand<TFloat32> inside(Ops tf, Operand<TFloat32> uniform, int side, int axis) {
    int size = size(side);
    // the centre of an even square lies between two pixels, which gives one more position
    int middles = side + 1 - size % 2;
    Operand<TFloat32> middle = tf.math.floor(tf.math.mul(uniform, tf.constant((float) middles)));
    Operand<TFloat32> first = tf.math.sub(middle, tf.constant((float) (size / 2)));
    Operand<TFloat32> behind = tf.math.add(first, tf.constant((float) size));
    Operand<TFloat32> places = places(tf, side, axis);
    Operand<TBool> inside =
        tf.math.logicalAnd(tf.math.greaterEqual(places, first), tf.math.less(places, behind));
    return tf.dtypes.cast(inside, TFloat32.class);
  }

  private static Operand<TFloat32> places(Ops tf, int side, int axis) {
    float[] places = new float[side];
    for (int i = 0; i < side; i++) {
      places[i] = i;
    }
    int[] shape = {1, 1, 1, 1};
    shape[axis] = side;
    return tf.reshape(tf.constant(places), tf.constant(shape));
  }
}
