package org.sparring.layers;

import java.util.List;
import org.sparring.graph.KernelGradient;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Convolutions of stride 2 and padding SAME. On a CPU and in bfloat16, the gradient of a 4×4 kernel
 * between maps of many channels is computed by products of matrices ({@link KernelGradient}):
 * oneDNN's own gradient is slow there (docs/performance.md).
 */
final class StridedConvolution {
  /** Channels of the larger map from which products of matrices are faster. */
  private static final int PRODUCTS_FROM = 128;

  private static final int KERNEL = 4;
  private static final List<Long> STRIDES = List.of(1L, 2L, 2L, 1L);
  private static final String SAME = "SAME";

  private StridedConvolution() {}

  /**
   * @param x (batch, s, s, in)
   * @param kernel (field, field, in, out)
   * @return (batch, ⌈s/2⌉, ⌈s/2⌉, out)
   */
  static Operand<TFloating> of(Ops tf, Operand<TFloating> x, Operand<TFloating> kernel, Pass pass) {
    return hasProducts(x, kernel, pass) && x.shape().get(1) > 0 && x.shape().get(1) % 2 == 0
        ? KernelGradient.convolution(tf, x, kernel)
        : tf.nn.conv2d(x, kernel, STRIDES, SAME);
  }

  /**
   * @param size the shape (batch, s, s, out)
   * @param x (batch, ⌈s/2⌉, ⌈s/2⌉, in)
   * @param kernel (field, field, out, in)
   * @param odd whether s is odd
   * @return (batch, s, s, out)
   */
  static Operand<TFloating> transposed(
      Ops tf,
      Operand<TInt32> size,
      Operand<TFloating> x,
      Operand<TFloating> kernel,
      boolean odd,
      Pass pass) {
    return hasProducts(x, kernel, pass) && !odd
        ? KernelGradient.transposedConvolution(tf, size, kernel, x)
        : tf.nn.conv2dBackpropInput(size, kernel, x, STRIDES, SAME);
  }

  private static boolean hasProducts(Operand<TFloating> x, Operand<TFloating> kernel, Pass pass) {
    Shape k = kernel.shape();
    return pass.hasKernelProducts()
        && !Activations.isFull(x)
        && k.get(0) == KERNEL
        && k.get(2) >= PRODUCTS_FROM;
  }
}
