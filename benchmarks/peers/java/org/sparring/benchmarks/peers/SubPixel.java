package org.sparring.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;

/**
 * By a plain convolution to four times the maps, whose pixels are then put in their places (Shi et
 * al. 2016, arXiv 1609.05158). Before the border is cut off, output pixel 2p + a gets
 *
 * <p>Σ over t in {0, 1} of x[p − t] · kernel[a + 2t]
 *
 * <p>along each side: a 2×2 convolution of x with a border of zeros. No product more than the
 * transposed convolution itself has.
 */
final class SubPixel implements TransposedConvolution {
  private static final NDIndex WITHOUT_BORDER = new NDIndex(":, :, 1:-1, 1:-1");
  private static final Shape STRIDE = new Shape(1, 1);
  private static final Shape BORDER = new Shape(1, 1);

  @Override
  public NDArray of(NDArray x, NDArray kernel) {
    long n = x.getShape().get(0);
    long side = x.getShape().get(2);
    long out = kernel.getShape().get(1);
    NDArray maps = Conv2d.conv2d(x, folded(kernel), null, STRIDE, BORDER, STRIDE).get(0);
    return maps.reshape(n, out, 2, 2, side + 1, side + 1)
        .transpose(0, 1, 4, 2, 5, 3)
        .reshape(n, out, 2 * side + 2, 2 * side + 2)
        .get(WITHOUT_BORDER);
  }

  /** (in, out, 4, 4) → (4·out, in, 2, 2), the order of t reversed: libraries correlate. */
  private static NDArray folded(NDArray kernel) {
    long in = kernel.getShape().get(0);
    long out = kernel.getShape().get(1);
    return kernel
        .reshape(in, out, 2, 2, 2, 2) // in, out, t, a, t', a'
        .flip(2, 4)
        .transpose(1, 3, 5, 0, 2, 4) // out, a, a', in, t, t'
        .reshape(4 * out, in, 2, 2);
  }
}
