package org.sparring.translators;

import java.util.List;
import org.sparring.pictures.Bicubic;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Makes small images from large ones on the device, as published results of super resolution do: by
 * bicubic interpolation with antialiasing ({@link Bicubic}), rounded to 8 bits.
 *
 * @param scale how many times smaller, at least 2
 */
public record Reduction(int scale) {
  private static final float STEPS = 127.5f;

  /**
   * @param images (batch, h, w, channels) in [−1, 1], h and w known and multiples of the scale
   * @return (batch, h/scale, w/scale, channels) in [−1, 1]; not differentiable
   */
  public Operand<TFloat32> of(Ops tf, Operand<TFloat32> images) {
    int height = Math.toIntExact(images.shape().get(1));
    int width = Math.toIntExact(images.shape().get(2));
    Operand<TFloat32> rows = tf.constant(Bicubic.weights(height, height / scale));
    Operand<TFloat32> columns = tf.constant(Bicubic.weights(width, width / scale));
    Operand<TFloat32> narrow = tf.linalg.einsum(List.of(columns, images), "vw,nhwc->nhvc");
    Operand<TFloat32> small = tf.linalg.einsum(List.of(rows, narrow), "uh,nhvc->nuvc");
    return rounded(tf, small);
  }

  private static Operand<TFloat32> rounded(Ops tf, Operand<TFloat32> images) {
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> levels = tf.math.mul(tf.math.add(images, one), tf.constant(STEPS));
    Operand<TFloat32> whole = tf.math.div(tf.math.rint(levels), tf.constant(STEPS));
    return tf.clipByValue(tf.math.sub(whole, one), tf.constant(-1f), one);
  }
}
