package org.sparring.evaluation;

import java.util.List;
import org.sparring.errors.EvaluationException;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Draws an affine map for each image about the image's centre c: the output pixel at p shows the
 * input at A(p − c) + c + t, with A = R(θ)·[[1 + a, h], [0, 1 + b]]. Each parameter is uniform
 * between minus and plus its bound. If mirroring is on, the sign of the first column of A is
 * random. Pixels from outside the image are background, −1.
 *
 * @param angle bound of θ in radians, 0 or more
 * @param scale bound of a and b, in [0, 1)
 * @param shear bound of h, 0 or more
 * @param shift bound of both components of t in pixels, 0 or more
 * @param mirrored whether a random half of the images is mirrored horizontally
 */
record AffineAugmentation(float angle, float scale, float shear, float shift, boolean mirrored) {
  /** Bounds that do not change a digit's class: 12°, an eighth of the size, two pixels. */
  static final AffineAugmentation DIGITS = new AffineAugmentation(0.21f, 0.125f, 0.15f, 2f, false);

  /**
   * Bounds for clothes, which keep their class when mirrored, scaled a little or shifted by a
   * pixel; they are not rotated.
   */
  static final AffineAugmentation CLOTHES = new AffineAugmentation(0, 0.05f, 0, 1f, true);

  private static final int DRAWS = 6;

  AffineAugmentation {
    EvaluationException.require(angle >= 0, "angle must be 0 or more, found " + angle);
    EvaluationException.require(
        scale >= 0 && scale < 1, "scale must lie in [0, 1), found " + scale);
    EvaluationException.require(shear >= 0, "shear must be 0 or more, found " + shear);
    EvaluationException.require(shift >= 0, "shift must be 0 or more, found " + shift);
  }

  /**
   * @param images (n, side, side, channels) in [−1, 1]; n and side are known while the graph is
   *     built
   * @param seed key of the random numbers, (2), int64; equal seeds give equal maps
   * @return images of the same shape, sampled bilinearly
   */
  Operand<TFloat32> apply(Ops tf, Operand<TFloat32> images, Operand<TInt64> seed) {
    int count = (int) images.shape().get(0);
    int side = (int) images.shape().get(1);
    Operand<TFloat32> unit =
        tf.random.statelessRandomUniform(tf.constant(new int[] {draws(), count}), seed);
    Operand<TFloat32> signed = tf.math.sub(tf.math.mul(unit, tf.constant(2f)), tf.constant(1f));
    return tf.image.imageProjectiveTransformV3(
        images,
        transforms(tf, tf.unstack(signed, (long) draws()), (side - 1) / 2f),
        tf.constant(new int[] {side, side}),
        tf.constant(-1f),
        "BILINEAR");
  }

  private int draws() {
    return mirrored ? DRAWS + 1 : DRAWS;
  }

  /** Returns the transforms, (n, 8): the rows of A with their offsets, without perspective. */
  private Operand<TFloat32> transforms(Ops tf, Iterable<Operand<TFloat32>> draws, float centre) {
    var u = draws.iterator();
    Operand<TFloat32> theta = times(tf, u.next(), angle);
    Operand<TFloat32> a = tf.math.add(times(tf, u.next(), scale), tf.constant(1f));
    Operand<TFloat32> b = tf.math.add(times(tf, u.next(), scale), tf.constant(1f));
    Operand<TFloat32> h = times(tf, u.next(), shear);
    Operand<TFloat32> cos = tf.math.cos(theta);
    Operand<TFloat32> sin = tf.math.sin(theta);
    Operand<TFloat32> tx = times(tf, u.next(), shift);
    Operand<TFloat32> ty = times(tf, u.next(), shift);
    Operand<TFloat32> seen = mirrored ? tf.math.mul(a, tf.math.sign(u.next())) : a;
    Operand<TFloat32> xx = tf.math.mul(cos, seen);
    Operand<TFloat32> xy = tf.math.sub(tf.math.mul(cos, h), tf.math.mul(sin, b));
    Operand<TFloat32> yx = tf.math.mul(sin, seen);
    Operand<TFloat32> yy = tf.math.add(tf.math.mul(sin, h), tf.math.mul(cos, b));
    Operand<TFloat32> x = offset(tf, tx, xx, xy, centre);
    Operand<TFloat32> y = offset(tf, ty, yx, yy, centre);
    Operand<TFloat32> none = tf.zerosLike(theta);
    return tf.stack(List.of(xx, xy, x, yx, yy, y, none, none), Stack.axis(1L));
  }

  /** Returns t + c − (Ac). */
  private static Operand<TFloat32> offset(
      Ops tf, Operand<TFloat32> t, Operand<TFloat32> left, Operand<TFloat32> right, float centre) {
    Operand<TFloat32> moved = tf.math.sub(tf.constant(1f), tf.math.add(left, right));
    return tf.math.add(t, times(tf, moved, centre));
  }

  private static Operand<TFloat32> times(Ops tf, Operand<TFloat32> draw, float bound) {
    return tf.math.mul(draw, tf.constant(bound));
  }
}
