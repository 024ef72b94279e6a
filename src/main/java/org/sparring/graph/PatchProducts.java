package org.sparring.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.family.TFloating;

/**
 * A 4×4 convolution of stride 2 as products of two matrices: the patches of the image, one row for
 * each pixel of the map, and the kernel, one row for each value of a patch.
 *
 * <p>Patches are gathered from the pixels of the padded image. The sums are the same as those of
 * TensorFlow's convolution. On small maps with many channels this can be faster than oneDNN's
 * convolutions, which must rearrange the kernel in every step.
 *
 * <p>The number of images must be known when the graph is built.
 */
public final class PatchProducts {
  private static final int CHANNELS = 3;
  private static final int[][] BORDER = {{0, 0}, {1, 1}, {1, 1}, {0, 0}};
  private static final int[][] ONE_MORE = {{0, 1}, {0, 0}};

  private PatchProducts() {}

  /**
   * The convolution.
   *
   * @param image (batch, side, side, in)
   * @param kernel (4, 4, in, out)
   * @return (batch, side/2, side/2, out)
   */
  public static <T extends TFloating> Operand<T> forward(
      Ops tf, Operand<T> image, Operand<T> kernel) {
    return forward(tf, image, kernel, of(image, StridedSize.of(image.shape().get(1), kernel)));
  }

  /**
   * The gradient of the convolution by its image, or the transposed convolution.
   *
   * @param map (batch, side/2, side/2, out)
   * @param kernel (4, 4, in, out)
   * @return (batch, side, side, in)
   */
  public static <T extends TFloating> Operand<T> input(Ops tf, Operand<T> map, Operand<T> kernel) {
    return input(tf, map, kernel, of(map, StridedSize.of(2 * map.shape().get(1), kernel)));
  }

  /**
   * The gradient of the convolution by its kernel.
   *
   * @param image (batch, side, side, in)
   * @param map the gradient of the map, (batch, side/2, side/2, out)
   * @return (4, 4, in, out)
   */
  public static <T extends TFloating> Operand<T> kernel(Ops tf, Operand<T> image, Operand<T> map) {
    int side = Math.toIntExact(image.shape().get(1));
    int in = Math.toIntExact(image.shape().get(CHANNELS));
    int out = Math.toIntExact(map.shape().get(CHANNELS));
    return kernel(tf, image, map, of(image, new StridedSize(side, in, out)));
  }

  private static PatchIndices of(Operand<?> batch, StridedSize size) {
    return new PatchIndices(size, Math.toIntExact(batch.shape().get(0)));
  }

  static <T extends TFloating> Operand<T> forward(
      Ops tf, Operand<T> image, Operand<T> kernel, PatchIndices indices) {
    StridedSize size = indices.size();
    Operand<T> product = tf.linalg.matMul(patches(tf, image, indices), matrix(tf, kernel, size));
    return reshaped(tf, product, indices.batch(), size.half(), size.half(), size.out());
  }

  static <T extends TFloating> Operand<T> input(
      Ops tf, Operand<T> map, Operand<T> kernel, PatchIndices indices) {
    StridedSize size = indices.size();
    // one patch more, which is zero: it stands for the patches outside the map
    Operand<T> rows = PixelBlocks.padded(tf, rows(tf, map, size), ONE_MORE);
    Operand<T> patches = tf.linalg.matMul(rows, matrix(tf, kernel, size), MatMul.transposeB(true));
    Operand<T> values = reshaped(tf, patches, -1, size.in());
    List<Operand<T>> terms = new ArrayList<>();
    for (boolean above : new boolean[] {false, true}) {
      for (boolean before : new boolean[] {false, true}) {
        terms.add(gathered(tf, values, indices.ofPixels(above, before)));
      }
    }
    return reshaped(tf, tf.math.addN(terms), indices.batch(), size.side(), size.side(), size.in());
  }

  static <T extends TFloating> Operand<T> kernel(
      Ops tf, Operand<T> image, Operand<T> map, PatchIndices indices) {
    StridedSize size = indices.size();
    Operand<T> product =
        tf.linalg.matMul(patches(tf, image, indices), rows(tf, map, size), MatMul.transposeA(true));
    return reshaped(tf, product, StridedSize.KERNEL, StridedSize.KERNEL, size.in(), size.out());
  }

  /** The patches of an image, (number of patches, 16 in). */
  private static <T extends TFloating> Operand<T> patches(
      Ops tf, Operand<T> image, PatchIndices indices) {
    int in = indices.size().in();
    Operand<T> pixels = reshaped(tf, PixelBlocks.padded(tf, image, BORDER), -1, in);
    return reshaped(tf, gathered(tf, pixels, indices.ofPatches()), -1, patch(indices.size()));
  }

  private static <T extends TFloating> Operand<T> gathered(Ops tf, Operand<T> rows, int[] indices) {
    return tf.gather(rows, tf.constant(indices), tf.constant(0));
  }

  private static <T extends TFloating> Operand<T> matrix(
      Ops tf, Operand<T> kernel, StridedSize size) {
    return reshaped(tf, kernel, patch(size), size.out());
  }

  private static <T extends TFloating> Operand<T> rows(Ops tf, Operand<T> map, StridedSize size) {
    return reshaped(tf, map, -1, size.out());
  }

  private static <T extends TFloating> Operand<T> reshaped(Ops tf, Operand<T> x, int... shape) {
    return tf.reshape(x, tf.constant(shape));
  }

  /** Values of a patch. */
  private static int patch(StridedSize size) {
    return StridedSize.KERNEL * StridedSize.KERNEL * size.in();
  }
}
