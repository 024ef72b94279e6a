package org.sparring.augmentations;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Shifts images by whole pixels along both axes, by at most an eighth of the side (rounded) in each
 * direction: {@code rand_translation} of Zhao et al. 2020 (arXiv 2006.10738). As in the paper,
 * uncovered pixels become 0, the middle grey of [−1, 1].
 */
public record Translation() implements Augmentation {
  static final String ROWS = "translation/rows";
  static final String COLUMNS = "translation/columns";

  private static final String NAME = "translation";
  private static final double SHARE = 1.0 / 8;

  @Override
  public Operand<TFloat32> apply(
      Ops tf, Operand<TFloat32> images, Operand<TFloat32> probability, Dice dice) {
    int count = (int) images.shape().get(0);
    int height = (int) images.shape().get(1);
    int width = (int) images.shape().get(2);
    Operand<TFloat32> chosen = dice.coin(tf, NAME, count, probability);
    // source position of each pixel
    Operand<TInt32> rows =
        tf.math.sub(
            tf.reshape(tf.constant(places(height)), tf.constant(new int[] {1, height, 1})),
            shift(tf, dice.uniform(tf, ROWS, count), chosen, height)); // (batch, height, 1)
    Operand<TInt32> columns =
        tf.math.sub(
            tf.reshape(tf.constant(places(width)), tf.constant(new int[] {1, 1, width})),
            shift(tf, dice.uniform(tf, COLUMNS, count), chosen, width)); // (batch, 1, width)
    Operand<TBool> inside =
        tf.math.logicalAnd(inside(tf, rows, height), inside(tf, columns, width));
    Operand<TFloat32> found = tf.gatherNd(images, indices(tf, count, height, width, rows, columns));
    Operand<TFloat32> kept = tf.dtypes.cast(inside, TFloat32.class); // (batch, height, width)
    return tf.math.mul(found, tf.expandDims(kept, tf.constant(3)));
  }

  /** Returns the largest shift of an image of this side, in pixels. */
  static int most(int side) {
    return (int) (side * SHARE + 0.5);
  }

  /** Returns shifts in −most … most, or 0 for images that are not chosen, (batch, 1, 1). */
  private static Operand<TInt32> shift(
      Ops tf, Operand<TFloat32> uniform, Operand<TFloat32> chosen, int side) {
    int most = most(side);
    Operand<TFloat32> place =
        tf.math.floor(tf.math.mul(uniform, tf.constant((float) (2 * most + 1))));
    Operand<TFloat32> pixels = tf.math.mul(chosen, tf.math.sub(place, tf.constant((float) most)));
    return tf.reshape(tf.dtypes.cast(pixels, TInt32.class), tf.constant(new int[] {-1, 1, 1}));
  }

  private static Operand<TBool> inside(Ops tf, Operand<TInt32> places, int side) {
    return tf.math.logicalAnd(
        tf.math.greaterEqual(places, tf.constant(0)), tf.math.less(places, tf.constant(side)));
  }

  /**
   * Returns the (image, row, column) index of each source pixel, clamped to the image, (batch,
   * height, width, 3).
   */
  private static Operand<TInt32> indices(
      Ops tf, int count, int height, int width, Operand<TInt32> rows, Operand<TInt32> columns) {
    Operand<TInt32> all = tf.constant(new int[] {count, height, width});
    Operand<TInt32> image =
        tf.reshape(tf.constant(places(count)), tf.constant(new int[] {count, 1, 1}));
    return tf.stack(
        List.of(
            tf.broadcastTo(image, all),
            tf.broadcastTo(cut(tf, rows, height), all),
            tf.broadcastTo(cut(tf, columns, width), all)),
        Stack.axis(3L));
  }

  private static Operand<TInt32> cut(Ops tf, Operand<TInt32> places, int side) {
    return tf.math.minimum(tf.math.maximum(places, tf.constant(0)), tf.constant(side - 1));
  }

  private static int[] places(int count) {
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      places[i] = i;
    }
    return places;
  }
}
