package org.sparring.layers;

import java.util.List;
import org.tensorflow.op.image.ResizeBilinear;

/** Layers without weights that change the size of feature maps. */
public final class Resampling {
  private static final List<Long> BLOCK = List.of(1L, 2L, 2L, 1L);
  private static final int[] SPACE = {1, 2};

  private Resampling() {}

  /** Returns a layer (batch, s, s, c) → (batch, s/2, s/2, c): the mean of each 2×2 block. */
  public static Layer halved() {
    return (tf, w, x, pass) -> tf.nn.avgPool(x, BLOCK, BLOCK, "VALID");
  }

  /**
   * Returns a layer (batch, s/2, s/2, c) → (batch, s, s, c) that repeats each position in a 2×2
   * block.
   */
  public static Layer repeated(long side) {
    return (tf, w, x, pass) -> tf.image.resizeNearestNeighbor(x, tf.constant(square(side)));
  }

  /**
   * Returns a layer (batch, s/2, s/2, c) → (batch, s, s, c) with bilinear interpolation: along each
   * axis ¾ of the nearest position and ¼ of the next.
   */
  public static Layer interpolated(long side) {
    return (tf, w, x, pass) ->
        Activations.like(
            tf,
            tf.image.resizeBilinear(
                x, tf.constant(square(side)), ResizeBilinear.halfPixelCenters(true)),
            x);
  }

  /** Returns a layer (batch, s, s, c) → (batch, c): the sum over all positions. */
  public static Layer summed() {
    return (tf, w, x, pass) -> tf.sum(x, tf.constant(SPACE));
  }

  private static int[] square(long side) {
    int s = Math.toIntExact(side);
    return new int[] {s, s};
  }
}
