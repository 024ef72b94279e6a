package org.sparring.graph;

import java.util.ArrayList;
import java.util.List;
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

  /** Folds an image with a border of one zero: (batch, 2h, 2h, c) → (batch, h + 1, h + 1, 4c). */
  public static <T extends TType> Operand<T> folded(Ops tf, Operand<T> image) {
    return tf.nn.spaceToDepth(padded(tf, image, BORDER), SIDE);
  }

  /**
   * The four places of the 2×2 neighbourhoods of a folded image, each (batch, h, h, 4c): upper
   * left, upper right, lower left, lower right.
   */
  static <T extends TType> List<Operand<T>> places(Ops tf, Operand<T> folded, StridedSize size) {
    List<Operand<T>> places = new ArrayList<>();
    for (int i = 0; i < SIDE; i++) {
      for (int j = 0; j < SIDE; j++) {
        places.add(
            tf.slice(
                folded,
                tf.constant(new int[] {0, i, j, 0}),
                tf.constant(new int[] {-1, size.half(), size.half(), 4 * size.in()})));
      }
    }
    return places;
  }

  /**
   * Adds zeros around an image. {@code tf.pad} creates PadV2, which reads its zero from host
   * memory, so that a GPU has to wait; this is Pad.
   *
   * @param border before and after, for each axis
   */
  static <T extends TType> Operand<T> padded(Ops tf, Operand<T> image, int[][] border) {
    Operation pad =
        tf.scope()
            .opBuilder("Pad", "Pad")
            .addInput(image.asOutput())
            .addInput(tf.constant(border).asOutput())
            .build();
    return pad.output(0);
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
