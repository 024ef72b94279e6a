package org.sparring.layers;

import java.util.List;
import java.util.Optional;
import org.sparring.graph.StridedForm;
import org.sparring.graph.StridedProducts;
import org.sparring.graph.StridedSize;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Convolutions of stride 2 and padding SAME. A pass can ask for products of matrices in place of
 * TensorFlow's ops where these are slow ({@link StridedForm}, docs/kernels.md).
 */
final class StridedConvolution {
  /** Channels of the larger map from which products of matrices are faster. */
  private static final int PRODUCTS_FROM = 128;

  private static final List<Long> STRIDES = List.of(1L, 2L, 2L, 1L);
  private static final String SAME = "SAME";

  private StridedConvolution() {}

  /**
   * @param x (batch, s, s, in)
   * @param kernel (field, field, in, out)
   * @return (batch, ⌈s/2⌉, ⌈s/2⌉, out)
   */
  static Operand<TFloating> of(Ops tf, Operand<TFloating> x, Operand<TFloating> kernel, Pass pass) {
    return form(x.shape().get(1), x, kernel, pass)
        .map(form -> StridedProducts.convolution(tf, x, kernel, form))
        .orElseGet(() -> tf.nn.conv2d(x, kernel, STRIDES, SAME));
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
    long side = odd ? Shape.UNKNOWN_SIZE : 2 * x.shape().get(1);
    return form(side, x, kernel, pass)
        .map(form -> StridedProducts.transposedConvolution(tf, size, kernel, x, form))
        .orElseGet(() -> tf.nn.conv2dBackpropInput(size, kernel, x, STRIDES, SAME));
  }

  /**
   * Returns the form that the pass asks for; empty for TensorFlow's own.
   *
   * @param side of the larger map; negative if unknown
   */
  private static Optional<StridedForm> form(
      long side, Operand<TFloating> x, Operand<TFloating> kernel, Pass pass) {
    if (side <= 0 || side % 2 != 0 || kernel.shape().get(0) != StridedSize.KERNEL) {
      return Optional.empty();
    }
    if (Activations.isFull(x)) {
      return Optional.of(StridedForm.PATCHES)
          .filter(form -> x.shape().get(0) > 0 && pass.isPatched(StridedSize.of(side, kernel)));
    }
    boolean wide = kernel.shape().get(2) >= PRODUCTS_FROM;
    return Optional.of(StridedForm.PLACES).filter(form -> wide && pass.hasKernelProducts());
  }
}
