package org.sparring.translation;

import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Differences between images in [−1, 1], as scalars. */
final class Differences {
  /** The range of the values, from −1 to 1. */
  private static final float RANGE = 2;

  private Differences() {}

  /** Mean |a − b|: 2 between black and white. */
  static Operand<TFloat32> absolute(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    return mean(tf, tf.math.abs(tf.math.sub(a, b)));
  }

  /** Mean absolute difference on the scale 0 … 255. */
  static Operand<TFloat32> levels(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    return tf.math.mul(absolute(tf, a, b), tf.constant(255f / RANGE));
  }

  /**
   * The mean over the images of 10·log10(2² / mean (a − b)²) in dB, the peak signal-to-noise ratio;
   * 100 for equal images.
   *
   * @param a (images, h, w, channels)
   */
  static Operand<TFloat32> decibels(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    Operand<TFloat32> square =
        tf.math.mean(tf.math.squaredDifference(a, b), tf.constant(new int[] {1, 2, 3}));
    Operand<TFloat32> share = tf.math.div(square, tf.constant(RANGE * RANGE));
    Operand<TFloat32> least = tf.constant(1e-10f);
    Operand<TFloat32> log = tf.math.log(tf.math.maximum(share, least));
    return mean(tf, tf.math.mul(log, tf.constant((float) (-10 / Math.log(10)))));
  }

  /** The mean of all values. */
  static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> values) {
    int[] axes = IntStream.range(0, values.shape().numDimensions()).toArray();
    return tf.math.mean(values, tf.constant(axes));
  }
}
