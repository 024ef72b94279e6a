package org.sparring.layers;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBicubic;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Layers for images of any height and width, of which networks from images to images are made.
 *
 * @param layers of the network, in which variables are created
 */
public record ImageLayers(Layers layers) {
  private static final int KERNEL = 4;
  private static final List<Long> STRIDE_1 = List.of(1L, 1L, 1L, 1L);

  /**
   * Returns a convolution (batch, h, w, in) → (batch, h, w, out) with stride 1, of an image that is
   * continued by its reflection: an edge of zeros would be seen in the result.
   *
   * @param field odd; an image must be larger than field/2
   */
  public Layer reflected(String name, int field, long in, long out) {
    int edge = field / 2;
    int[][] edges = {{0, 0}, {edge, edge}, {edge, edge}, {0, 0}};
    return layers
        .kernel(name, Shape.of(field, field, in, out))
        .multiplied(
            (tf, x, k, pass) -> {
              var continued = tf.mirrorPad(x, tf.constant(edges), "REFLECT");
              return tf.nn.conv2d(continued, k, STRIDE_1, "VALID");
            });
  }

  /**
   * Returns a transposed convolution (batch, h, w, in) → (batch, 2h, 2w, out) with a 4×4 kernel and
   * stride 2.
   */
  public Layer doubled(String name, long in, long out) {
    return layers
        .transposedKernel(name, KERNEL, in, out)
        .multiplied(
            (tf, x, k, pass) ->
                StridedConvolution.transposed(tf, sizes(tf, x, 2, out), x, k, false, pass));
  }

  /**
   * Returns a 3×3 convolution and a pixel shuffle (batch, h, w, in) → (batch, factor·h, factor·w,
   * out): each place becomes a square of factor×factor (Shi et al. 2016, arXiv 1609.05158, equation
   * 4).
   *
   * @param factor at least 2
   */
  public Layer shuffled(String name, int factor, long in, long out) {
    long squares = out * factor * factor;
    return layers
        .filter(name, 3, in, squares)
        .then(layers.bias(name, squares))
        .then((tf, w, x, pass) -> tf.nn.depthToSpace(x, (long) factor));
  }

  /** Normalises each channel of each image by itself: see {@link InstanceNormalization}. */
  public static Layer instanceNormalization(long channels) {
    return new InstanceNormalization(channels);
  }

  /** The shape (batch, factor·h, factor·w, channels) for x of (batch, h, w, …). */
  static Operand<TInt32> sizes(Ops tf, Operand<TFloating> x, int factor, long channels) {
    Shape shape = x.shape();
    int depth = Math.toIntExact(channels);
    if (!shape.hasUnknownDimension()) {
      int[] sizes = new int[4];
      for (int axis = 0; axis < 3; axis++) {
        sizes[axis] = Math.toIntExact(shape.get(axis) * (axis == 0 ? 1 : factor));
      }
      sizes[3] = depth;
      return tf.constant(sizes);
    }
    int[] factors = {1, factor, factor};
    Operand<TInt32> found =
        tf.slice(tf.shape(x), tf.constant(new int[] {0}), tf.constant(new int[] {3}));
    return tf.concat(
        List.of(tf.math.mul(found, tf.constant(factors)), tf.constant(new int[] {depth})),
        tf.constant(0));
  }

  /**
   * Returns an image enlarged by bicubic interpolation, a = −½ (Keys 1981).
   *
   * @param x (batch, h, w, channels)
   * @return (batch, factor·h, factor·w, channels); not differentiable twice
   */
  public static Operand<TFloat32> enlarged(Ops tf, Operand<TFloat32> x, int factor) {
    Operand<TInt32> sizes = sizes(tf, Activations.floating(x), factor, 1);
    Operand<TInt32> space = tf.slice(sizes, tf.constant(new int[] {1}), tf.constant(new int[] {2}));
    return tf.image.resizeBicubic(x, space, ResizeBicubic.halfPixelCenters(true));
  }
}
