package org.sparring.benchmarks.jmh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparring.graph.PatchProducts;
import org.sparring.graph.PixelBlocks;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * The three products of a convolution, each in several forms that give the same result: the
 * convolution, its gradient with respect to the image (which is the transposed convolution), and
 * its gradient with respect to the kernel. {@value #LIBRARY} is TensorFlow's own op.
 *
 * <p>Arguments: image (batch, side, side, channels), kernel (k, k, channels, smaller channels), map
 * (batch, smaller side, smaller side, smaller channels).
 */
final class ConvolutionForms<T extends TFloating> {
  static final String LIBRARY = "library";

  private static final String SAME = "SAME";
  private static final String VALID = "VALID";
  private static final List<Long> UNIT = List.of(1L, 1L, 1L, 1L);
  private static final int[][] BORDER = {{0, 0}, {1, 1}, {1, 1}, {0, 0}};

  /** The rows of a 4×4 kernel, of which each even and each odd row of a larger map is a sum. */
  private static final int[][] KERNEL_ROWS = {{3, 1}, {2, 0}};

  private final Ops tf;
  private final ConvolutionLayer layer;
  private final Class<T> type;
  private final List<Long> strides;
  private final KernelPlaces<T> places;

  ConvolutionForms(Ops tf, ConvolutionLayer layer, Class<T> type) {
    this.tf = tf;
    this.layer = layer;
    this.type = type;
    strides = List.of(1L, (long) layer.stride(), (long) layer.stride(), 1L);
    int blocks = layer.stride() * layer.stride();
    places =
        new KernelPlaces<>(
            tf,
            layer.kernel() / layer.stride(),
            layer.smallerSide(),
            blocks * layer.channels(),
            layer.smallerChannels());
  }

  /** The forms of the convolution, by name. */
  Map<String, Operand<T>> forward(Operand<T> image, Operand<T> kernel) {
    Map<String, Operand<T>> forms = new LinkedHashMap<>();
    forms.put(LIBRARY, tf.nn.conv2d(image, kernel, strides, SAME));
    if (isHalved()) {
      forms.put("folded", tf.nn.conv2d(spread(image), narrow(kernel), UNIT, VALID));
      forms.put("patches", PatchProducts.forward(tf, image, kernel));
    }
    forms.put("places", places.forward(spread(image), narrow(kernel)));
    if (isRounded()) {
      var wide = tf.nn.conv2d(float32(image), float32(kernel), strides, SAME);
      forms.put("float32", rounded(wide));
    }
    return forms;
  }

  /** The forms of the gradient with respect to the image, by name. */
  Map<String, Operand<T>> input(Operand<T> map, Operand<T> kernel) {
    Map<String, Operand<T>> forms = new LinkedHashMap<>();
    forms.put(LIBRARY, inputGradient(map, kernel));
    if (isHalved()) {
      forms.put("folded", foldedInput(map, kernel));
      forms.put("subpixel", subPixels(map, kernel));
      forms.put("patches", PatchProducts.input(tf, map, kernel));
    }
    forms.put("places", gathered(places.input(map, narrow(kernel))));
    if (isRounded()) {
      forms.put("float32", rounded(inputGradient(float32(map), float32(kernel))));
    }
    return forms;
  }

  /** The forms of the gradient with respect to the kernel, by name. */
  Map<String, Operand<T>> kernel(Operand<T> image, Operand<T> map) {
    Map<String, Operand<T>> forms = new LinkedHashMap<>();
    forms.put(LIBRARY, kernelGradient(image, map));
    if (isHalved()) {
      forms.put("folded", foldedKernel(image, map));
      forms.put("patches", PatchProducts.kernel(tf, image, map));
    }
    forms.put("places", widened(places.kernel(spread(image), map)));
    forms.put("rows", byRow(image, map));
    if (isRounded()) {
      forms.put("float32", rounded(kernelGradient(float32(image), float32(map))));
    }
    return forms;
  }

  /** Conv2DBackpropFilter. */
  <S extends TFloating> Operand<S> kernelGradient(Operand<S> image, Operand<S> map) {
    return tf.nn.conv2dBackpropFilter(image, tf.constant(layer.kernelShape()), map, strides, SAME);
  }

  private <S extends TFloating> Operand<S> inputGradient(Operand<S> map, Operand<S> kernel) {
    var size = tf.constant(layer.image((int) map.shape().get(0)));
    return tf.nn.conv2dBackpropInput(size, kernel, map, strides, SAME);
  }

  private Operand<T> foldedInput(Operand<T> map, Operand<T> kernel) {
    int blocks = layer.smallerSide() + 1;
    int batch = (int) map.shape().get(0);
    var size = tf.constant(new int[] {batch, blocks, blocks, places.c()});
    return gathered(tf.nn.conv2dBackpropInput(size, narrow(kernel), map, UNIT, VALID));
  }

  private Operand<T> foldedKernel(Operand<T> image, Operand<T> map) {
    var size = tf.constant(new int[] {2, 2, places.c(), places.n()});
    return widened(tf.nn.conv2dBackpropFilter(spread(image), size, map, UNIT, VALID));
  }

  /** The even and odd rows and columns of the larger map, each by a 2×2 convolution. */
  private Operand<T> subPixels(Operand<T> map, Operand<T> kernel) {
    Operand<T> padded = KernelPlaces.padded(tf, map, BORDER);
    Operand<T> turned = tf.linalg.transpose(kernel, tf.constant(new int[] {0, 1, 3, 2}));
    int side = layer.smallerSide() + 1;
    List<Operand<T>> parts = new ArrayList<>();
    for (int a = 0; a < 2; a++) {
      for (int b = 0; b < 2; b++) {
        Operand<T> rows = tf.gather(turned, tf.constant(KERNEL_ROWS[a]), tf.constant(0));
        Operand<T> part = tf.gather(rows, tf.constant(KERNEL_ROWS[b]), tf.constant(1));
        parts.add(tf.nn.conv2d(window(padded, a, b, side, side), part, UNIT, VALID));
      }
    }
    return tf.nn.depthToSpace(tf.concat(parts, tf.constant(3)), PixelBlocks.SIDE);
  }

  /** One gradient for each row of the kernel. */
  private Operand<T> byRow(Operand<T> image, Operand<T> map) {
    Operand<T> padded = KernelPlaces.padded(tf, image, BORDER);
    int height = (layer.smallerSide() - 1) * layer.stride() + 1;
    var size = layer.kernelShape();
    size[0] = 1;
    List<Operand<T>> rows = new ArrayList<>();
    for (int i = 0; i < layer.kernel(); i++) {
      Operand<T> seen = window(padded, i, 0, height, layer.side() + 2);
      rows.add(tf.nn.conv2dBackpropFilter(seen, tf.constant(size), map, strides, VALID));
    }
    return tf.concat(rows, tf.constant(0));
  }

  private Operand<T> window(Operand<T> x, int row, int column, int height, int width) {
    return tf.slice(
        x,
        tf.constant(new int[] {0, row, column, 0}),
        tf.constant(new int[] {-1, height, width, -1}));
  }

  /** Returns the larger map for a convolution of stride 1 without padding. */
  private Operand<T> spread(Operand<T> image) {
    return isHalved() ? PixelBlocks.folded(tf, image) : KernelPlaces.padded(tf, image, BORDER);
  }

  /** The reverse of {@link #spread}. */
  private Operand<T> gathered(Operand<T> spread) {
    Operand<T> pixels = isHalved() ? tf.nn.depthToSpace(spread, PixelBlocks.SIDE) : spread;
    return window(pixels, 1, 1, layer.side(), layer.side());
  }

  /** Returns the kernel of the convolution of {@link #spread}. */
  private Operand<T> narrow(Operand<T> kernel) {
    return isHalved()
        ? PixelBlocks.foldedKernel(tf, kernel, layer.channels(), layer.smallerChannels())
        : kernel;
  }

  /** The reverse of {@link #narrow}. */
  private Operand<T> widened(Operand<T> narrow) {
    return isHalved()
        ? PixelBlocks.unfoldedKernel(tf, narrow, layer.channels(), layer.smallerChannels())
        : tf.reshape(narrow, tf.constant(layer.kernelShape()));
  }

  private boolean isHalved() {
    return layer.stride() == 2;
  }

  private boolean isRounded() {
    return type != TFloat32.class;
  }

  private Operand<TFloat32> float32(Operand<T> x) {
    return tf.dtypes.cast(x, TFloat32.class);
  }

  private Operand<T> rounded(Operand<TFloat32> x) {
    return tf.dtypes.cast(x, type);
  }
}
