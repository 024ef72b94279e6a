package org.sparring.graph;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * 4×4 convolutions of stride 2, and transposed ones, of which some or all products are built from
 * products of matrices ({@link StridedForm}).
 *
 * <p>The output and the inputs of the convolution pass a {@link Carrier}, whose gradients are
 * {@link #gradients}.
 */
public final class StridedProducts {
  /** This gradient's name in {@link Carrier}. */
  static final String GRADIENT = "strided";

  private static final List<Long> STRIDES = List.of(1L, 2L, 2L, 1L);
  private static final String SAME = "SAME";

  private StridedProducts() {}

  /**
   * The convolution.
   *
   * @param x (batch, s, s, in) with even s
   * @param kernel (4, 4, in, out)
   * @return (batch, s/2, s/2, out), padding SAME
   */
  public static <T extends TFloating> Operand<T> convolution(
      Ops tf, Operand<T> x, Operand<T> kernel, StridedForm form) {
    StridedSize size = StridedSize.of(x.shape().get(1), kernel);
    Operand<T> y =
        switch (form) {
          case PLACES -> tf.nn.conv2d(x, kernel, STRIDES, SAME);
          case PATCHES -> PatchProducts.forward(tf, x, kernel);
        };
    return carried(tf, List.of(y, x, kernel), size, form, false);
  }

  /**
   * The transposed convolution.
   *
   * @param shape the shape (batch, 2s, 2s, out)
   * @param kernel (4, 4, out, in)
   * @param x (batch, s, s, in)
   * @return (batch, 2s, 2s, out)
   */
  public static <T extends TFloating> Operand<T> transposedConvolution(
      Ops tf, Operand<TInt32> shape, Operand<T> kernel, Operand<T> x, StridedForm form) {
    StridedSize size = StridedSize.of(2 * x.shape().get(1), kernel);
    Operand<T> y =
        switch (form) {
          case PLACES -> tf.nn.conv2dBackpropInput(shape, kernel, x, STRIDES, SAME);
          case PATCHES -> PatchProducts.input(tf, x, kernel);
        };
    return carried(tf, List.of(y, x, kernel), size, form, true);
  }

  private static <T extends TFloating> Operand<T> carried(
      Ops tf, List<Operand<T>> values, StridedSize size, StridedForm form, boolean transposed) {
    Operand<T> x = values.get(1);
    return Carrier.of(
        tf,
        GRADIENT,
        values.get(0),
        List.of(x, values.get(2)),
        size.side(),
        size.in(),
        size.out(),
        form.ordinal(),
        transposed ? 1 : 0,
        x.shape().get(0));
  }

  /** Returns the sizes of the convolutions of a graph that are products of patches. */
  public static Set<StridedSize> patched(Graph graph) {
    Set<StridedSize> sizes = new HashSet<>();
    graph
        .operations()
        .forEachRemaining(
            op -> {
              if (op.type().equals(Carrier.TYPE)
                  && Carrier.gradient((GraphOperation) op).equals(GRADIENT)) {
                float[] numbers = Carrier.numbers((GraphOperation) op);
                if (numbers[3] == StridedForm.PATCHES.ordinal()) {
                  sizes.add(new StridedSize((int) numbers[0], (int) numbers[1], (int) numbers[2]));
                }
              }
            });
    return sizes;
  }

  /** The gradients of a carrier: none for the output, then x, then the kernel. */
  static List<Operand<?>> gradients(Ops tf, GraphOperation carrier, List<Output<?>> upstream) {
    Output<TFloating> g = Carrier.floating(upstream.get(0));
    Output<TFloating> x = Carrier.floating(carrier.input(1));
    Output<TFloating> kernel = Carrier.floating(carrier.input(2));
    float[] sizes = Carrier.numbers(carrier);
    StridedSize size = new StridedSize((int) sizes[0], (int) sizes[1], (int) sizes[2]);
    boolean transposed = sizes[4] == 1;
    Operand<TFloating> image = transposed ? g : x;
    Operand<TFloating> map = transposed ? x : g;
    return switch (StridedForm.values()[(int) sizes[3]]) {
      case PLACES -> {
        Operand<TFloating> byX =
            transposed
                ? tf.nn.conv2d(g, kernel, STRIDES, SAME)
                : tf.nn.conv2dBackpropInput(tf.shape(x), kernel, g, STRIDES, SAME);
        yield Arrays.asList(null, byX, PlaceProducts.kernel(tf, image, map, size));
      }
      case PATCHES -> {
        PatchIndices indices = new PatchIndices(size, (int) sizes[5]);
        Operand<TFloating> byX =
            transposed
                ? PatchProducts.forward(tf, g, kernel, indices)
                : PatchProducts.input(tf, g, kernel, indices);
        yield Arrays.asList(null, byX, PatchProducts.kernel(tf, image, map, indices));
      }
    };
  }
}
