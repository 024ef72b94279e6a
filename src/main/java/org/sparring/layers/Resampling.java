package org.sparring.layers;

import java.util.List;
import org.tensorflow.op.image.ResizeBilinear;

/** Layers without weights that change the side of maps. */
public final class Resampling {
  private static final List<Long> BLOCK = List.of(1L, 2L, 2L, 1L);
  private static final int[] SPACE = {1, 2};

  private Resampling() {}

  /** (batch, s, s, c) → (batch, s/2, s/2, c): the mean of each 2×2 block. */
  public static Layer halved() {
    return (tf, w, x, pass) -> tf.nn.avgPool(x, BLOCK, BLOCK, "VALID");
  }

  /** (batch, s/2, s/2, c) → (batch, s, s, c): each place four times. */
  public static Layer repeated(long side) {
    return (tf, w, x, pass) -> tf.image.resizeNearestNeighbor(x, tf.constant(square(side)));
  }

  /**
   * (batch, s/2, s/2, c) → (batch, s, s, c): ¾ of the nearest place and ¼ of the next, each way.
   */
  public static Layer interpolated(long side) {
    return (tf, w, x, pass) ->
        Activations.like(
            tf,
            tf.image.resizeBilinear(
                x, tf.constant(square(side)), ResizeBilinear.halfPixelCenters(true)),
            x);
  }

  /** (batch, s, s, c) → (batch, c): the sum over all places. */
  public static Layer summed() {
    return (tf, w, x, pass) -> tf.sum(x, tf.constant(SPACE));
  }

  private static int[] square(long side) {
    int s = Math.toIntExact(side);
    return new int[] {s, s};
  }
}
