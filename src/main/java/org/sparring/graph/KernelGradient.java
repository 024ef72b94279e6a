package org.sparring.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * 4×4 convolutions of stride 2, and transposed ones, whose gradient with respect to the kernel is
 * computed by four products of matrices in place of Conv2DBackpropFilter.
 *
 * <p>Each 2×2 block of pixels is folded into channels ({@link PixelBlocks}). The 4×4 kernel then is
 * four 1×1 kernels, one for each place of a 2×2 neighbourhood, and the gradient of each is the
 * product of the folded image at that place with the gradient of the output. The sums are the same;
 * oneDNN's bfloat16 kernel gradients are several times slower on small maps with many channels (see
 * docs/performance.md).
 *
 * <p>TensorFlow's gradient of a convolution cannot be replaced. The output therefore passes an
 * IdentityN together with the inputs of the convolution. TensorFlow has no gradient for IdentityN,
 * so {@link #of} can be registered.
 */
public final class KernelGradient {
  /** The op that carries a convolution's output and inputs. */
  static final String VEHICLE = "IdentityN";

  /**
   * Side of the smaller map, and channels of the larger and of the smaller map. They travel with
   * the op: in a gradient function the graph is locked, and a question for a shape would never
   * return.
   */
  private static final String SIZES = "_sizes";

  private static final List<Long> STRIDES = List.of(1L, 2L, 2L, 1L);
  private static final String SAME = "SAME";

  private KernelGradient() {}

  /**
   * The convolution.
   *
   * @param x (batch, s, s, in) with even s
   * @param kernel (4, 4, in, out)
   * @return (batch, s/2, s/2, out), padding SAME
   */
  public static <T extends TFloating> Operand<T> convolution(
      Ops tf, Operand<T> x, Operand<T> kernel) {
    Operand<T> y = tf.nn.conv2d(x, kernel, STRIDES, SAME);
    return carried(tf, y, x, kernel, y.shape().get(1));
  }

  /**
   * The transposed convolution.
   *
   * @param size the shape (batch, 2s, 2s, out)
   * @param kernel (4, 4, out, in)
   * @param x (batch, s, s, in)
   * @return (batch, 2s, 2s, out)
   */
  public static <T extends TFloating> Operand<T> transposedConvolution(
      Ops tf, Operand<TInt32> size, Operand<T> kernel, Operand<T> x) {
    Operand<T> y = tf.nn.conv2dBackpropInput(size, kernel, x, STRIDES, SAME);
    return carried(tf, y, x, kernel, x.shape().get(1));
  }

  private static <T extends TFloating> Operand<T> carried(
      Ops tf, Operand<T> y, Operand<T> x, Operand<T> kernel, long side) {
    Shape k = kernel.shape();
    Operation carrier =
        tf.scope()
            .opBuilder(VEHICLE, "Carried")
            .addInputList(new Output<?>[] {y.asOutput(), x.asOutput(), kernel.asOutput()})
            .setAttr(SIZES, new long[] {side, k.get(2), k.get(3)})
            .build();
    return carrier.<T>output(0);
  }

  /** The gradients of a carrier: none for the output, then x, then the kernel. */
  static List<Operand<?>> of(Ops tf, GraphOperation carrier, List<Output<?>> upstream) {
    Output<TFloating> g = floating(upstream.get(0));
    Output<TFloating> x = floating(carrier.input(1));
    Output<TFloating> kernel = floating(carrier.input(2));
    long[] sizes = carrier.attributes().getAttrIntList(SIZES);
    if (carrier.input(0).op().type().equals(Conv2d.OP_NAME)) {
      var size = tf.shape(x);
      var byX = tf.nn.conv2dBackpropInput(size, kernel, g, STRIDES, SAME);
      return gradients(byX, byKernel(tf, x, g, sizes));
    }
    return gradients(tf.nn.conv2d(g, kernel, STRIDES, SAME), byKernel(tf, g, x, sizes));
  }

  private static List<Operand<?>> gradients(Operand<?> byX, Operand<?> byKernel) {
    return Arrays.asList(null, byX, byKernel);
  }

  /**
   * The gradient with respect to the kernel (4, 4, in, out).
   *
   * @param image (batch, 2h, 2h, in), the larger side of the convolution
   * @param map (batch, h, h, out), the smaller side
   * @param sizes h, in, out
   */
  private static Operand<TFloating> byKernel(
      Ops tf, Operand<TFloating> image, Operand<TFloating> map, long[] sizes) {
    int h = Math.toIntExact(sizes[0]);
    int in = Math.toIntExact(sizes[1]);
    int out = Math.toIntExact(sizes[2]);
    Operand<TFloating> folded = PixelBlocks.folded(tf, image); // (n, h+1, h+1, 4in)
    Operand<TFloating> rows = tf.reshape(map, tf.constant(new int[] {-1, out}));
    List<Operand<TFloating>> places = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        Operand<TFloating> place =
            tf.slice(
                folded,
                tf.constant(new int[] {0, i, j, 0}),
                tf.constant(new int[] {-1, h, h, 4 * in}));
        places.add(
            tf.linalg.matMul(
                tf.reshape(place, tf.constant(new int[] {-1, 4 * in})),
                rows,
                MatMul.transposeA(true)));
      }
    }
    Operand<TFloating> stacked = tf.stack(places); // (4, 4in, out)
    return PixelBlocks.unfoldedKernel(tf, stacked, in, out);
  }

  @SuppressWarnings("unchecked") // float32 or bfloat16
  private static Output<TFloating> floating(Output<? extends TType> x) {
    return (Output<TFloating>) x;
  }
}
