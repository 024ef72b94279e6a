package org.sparring.benchmarks.jmh;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.family.TFloating;

/**
 * A k×k convolution of stride 1 without padding as k² products of matrices, one for each place of
 * the kernel: (batch, h+k-1, h+k-1, c) → (batch, h, h, n). So are its two gradients.
 *
 * @param k side of the kernel
 * @param h side of the result
 * @param c channels of the image
 * @param n channels of the result
 */
record KernelPlaces<T extends TFloating>(Ops tf, int k, int h, int c, int n) {

  /**
   * The convolution.
   *
   * @param image (batch, h+k-1, h+k-1, c)
   * @param kernel (k, k, c, n)
   */
  Operand<T> forward(Operand<T> image, Operand<T> kernel) {
    Operand<T> sum = null;
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        Operand<T> product = tf.linalg.matMul(pixels(image, i, j), matrix(kernel, i, j));
        sum = sum == null ? product : tf.math.add(sum, product);
      }
    }
    return tf.reshape(sum, tf.constant(new int[] {-1, h, h, n}));
  }

  /**
   * The gradient with respect to the image.
   *
   * @param map gradient of the result (batch, h, h, n)
   * @param kernel (k, k, c, n)
   */
  Operand<T> input(Operand<T> map, Operand<T> kernel) {
    Operand<T> rows = tf.reshape(map, tf.constant(new int[] {-1, n}));
    List<Operand<T>> parts = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        Operand<T> product = tf.linalg.matMul(rows, matrix(kernel, i, j), MatMul.transposeB(true));
        Operand<T> part = tf.reshape(product, tf.constant(new int[] {-1, h, h, c}));
        parts.add(padded(tf, part, new int[][] {{0, 0}, {i, k - 1 - i}, {j, k - 1 - j}, {0, 0}}));
      }
    }
    return tf.math.addN(parts);
  }

  /**
   * The gradient with respect to the kernel.
   *
   * @param image (batch, h+k-1, h+k-1, c)
   * @param map gradient of the result (batch, h, h, n)
   * @return (k², c, n)
   */
  Operand<T> kernel(Operand<T> image, Operand<T> map) {
    Operand<T> rows = tf.reshape(map, tf.constant(new int[] {-1, n}));
    List<Operand<T>> places = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        places.add(tf.linalg.matMul(pixels(image, i, j), rows, MatMul.transposeA(true)));
      }
    }
    return tf.stack(places);
  }

  /** Pads a tensor with zeros, as Pad does. */
  static <T extends TFloating> Operand<T> padded(Ops tf, Operand<T> x, int[][] border) {
    return tf.scope()
        .opBuilder("Pad", "Pad")
        .addInput(x.asOutput())
        .addInput(tf.constant(border).asOutput())
        .build()
        .output(0);
  }

  /** Returns the pixels that one place of the kernel sees: (batch·h·h, c). */
  private Operand<T> pixels(Operand<T> image, int i, int j) {
    var part =
        tf.slice(image, tf.constant(new int[] {0, i, j, 0}), tf.constant(new int[] {-1, h, h, c}));
    return tf.reshape(part, tf.constant(new int[] {-1, c}));
  }

  /** Returns the kernel at one place: (c, n). */
  private Operand<T> matrix(Operand<T> kernel, int i, int j) {
    var part =
        tf.slice(kernel, tf.constant(new int[] {i, j, 0, 0}), tf.constant(new int[] {1, 1, c, n}));
    return tf.reshape(part, tf.constant(new int[] {c, n}));
  }
}
