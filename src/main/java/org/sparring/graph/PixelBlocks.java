package org.sparring.graph;

import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TType;

/**
 * 2×2 blocks of pixels folded into channels. A 4×4 convolution of stride 2 and padding SAME is a
 * 2×2 convolution of stride 1 on the folded image: the same products and sums, on four times the
 * channels.
 */
public final class PixelBlocks {
  /** Pixels along each side of a block. */
  public static final long SIDE = 2;

  private static final int[][] BORDER = {{0, 0}, {1, 1}, {1, 1}, {0, 0}};

  /** Exchanges the places of a 2×2 neighbourhood with the pixels of a block; its own inverse. */
  private static final int[] EXCHANGED = {0, 2, 1, 3, 4, 5};

  private PixelBlocks() {}

  /**
   * Folds an image with a border of one zero: (batch, 2h, 2h, c) → (batch, h + 1, h + 1, 4c).
   *
   * <p>{@code tf.pad} creates PadV2, which reads its zero from host memory, so that a GPU has to
   * wait; this is Pad.
   */
  public static <T extends TType> Operand<T> folded(Ops tf, Operand<T> image) {
    Operation pad =
        tf.scope()
            .opBuilder("Pad", "Pad")
            .addInput(image.asOutput())
            .addInput(tf.constant(BORDER).asOutput())
            .build();
    return tf.nn.spaceToDepth(pad.<T>output(0), SIDE);
  }

  /** Folds a kernel: (4, 4, c, n) → (2, 2, 4c, n), channels in the order of {@link #folded}. */
  public static <T extends TType> Operand<T> foldedKernel(Ops tf, Operand<T> kernel, int c, int n) {
    return tf.reshape(exchanged(tf, kernel, c, n), tf.constant(new int[] {2, 2, 4 * c, n}));
  }

  /** Unfolds a kernel: (2, 2, 4c, n) → (4, 4, c, n), or (4, 4c, n) with the places in one axis. */
  public static <T extends TType> Operand<T> unfoldedKernel(
      Ops tf, Operand<T> folded, int c, int n) {
    return tf.reshape(exchanged(tf, folded, c, n), tf.constant(new int[] {4, 4, c, n}));
  }

  private static <T extends TType> Operand<T> exchanged(Ops tf, Operand<T> kernel, int c, int n) {
    Operand<T> split = tf.reshape(kernel, tf.constant(new int[] {2, 2, 2, 2, c, n}));
    return tf.linalg.transpose(split, tf.constant(EXCHANGED));
  }
}
