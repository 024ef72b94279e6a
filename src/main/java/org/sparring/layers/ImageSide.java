package org.sparring.layers;

import java.util.List;
import org.sparring.graph.PixelBlocks;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * The 4×4 stride-2 convolution, and its transpose, at the image end of a network, where one side
 * has one to four channels.
 *
 * <p>A 4×4 stride-2 convolution is a 2×2 stride-1 convolution of the image with each 2×2 block
 * folded into channels: the same products and sums, with four times as many channels. Libraries are
 * slow at strided gradients towards one or three channels; {@code ImageSideBenchmark} compares the
 * two forms. Between maps with many channels the plain form is faster.
 */
public final class ImageSide {
  /** Maximum number of channels of an image. */
  static final int MOST_CHANNELS = 4;

  private static final int[] WITHOUT_BORDER = {0, 1, 1, 0};
  private static final List<Long> STRIDE_1 = List.of(1L, 1L, 1L, 1L);

  private ImageSide() {}

  /**
   * @param x (batch, s, s, c), s even
   * @param kernel (4, 4, c, out)
   * @return (batch, s/2, s/2, out), as stride 2 and padding SAME give it
   */
  static <T extends TFloating> Operand<T> convolution(Ops tf, Operand<T> x, Operand<T> kernel) {
    Operand<T> blocks = PixelBlocks.folded(tf, x); // (batch, s/2+1, s/2+1, 4c)
    return tf.nn.conv2d(blocks, folded(tf, kernel), STRIDE_1, "VALID");
  }

  /**
   * @param x (batch, s, s, in)
   * @param kernel (4, 4, c, in)
   * @param blocks the shape (batch, s+1, s+1, 4c)
   * @param cropped the shape (batch, 2s, 2s, c)
   * @return (batch, 2s, 2s, c)
   */
  public static <T extends TFloating> Operand<T> transposedConvolution(
      Ops tf, Operand<T> x, Operand<T> kernel, Operand<TInt32> blocks, Operand<TInt32> cropped) {
    Operand<T> y = tf.nn.conv2dBackpropInput(blocks, folded(tf, kernel), x, STRIDE_1, "VALID");
    Operand<T> padded = tf.nn.depthToSpace(y, PixelBlocks.SIDE); // (batch, 2s+2, 2s+2, c)
    return tf.slice(padded, tf.constant(WITHOUT_BORDER), cropped);
  }

  /** Folds a kernel, (4, 4, c, n) → (2, 2, 4c, n), with channels in the order of space-to-depth. */
  private static <T extends TFloating> Operand<T> folded(Ops tf, Operand<T> kernel) {
    Shape shape = kernel.shape();
    return PixelBlocks.foldedKernel(tf, kernel, (int) shape.get(2), (int) shape.get(3));
  }
}
