package org.sparring.training;

import java.util.List;
import java.util.function.BiFunction;
import org.sparring.data.ImageGeometry;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.StatelessIf;
import org.tensorflow.op.image.DecodeImage;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/**
 * An image file to pixels by TensorFlow's ops, treated as the data room treats it: centre crop to a
 * square, area average when shrinking, bilinear when enlarging; alpha over white where the target
 * has none, premultiplied in between where it has.
 *
 * <p>PNGs come out within 1 grey level of the data room's. JPEGs are decoded by another library and
 * differ by a few levels more; a wholly transparent pixel of a kept alpha has colour 0 here.
 *
 * @param geometry of the result; square
 */
record StreamedImage(ImageGeometry geometry) {
  private static final float RED = 0.299f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  /**
   * @param file bytes of a PNG or JPEG, scalar
   * @return (side, side, channels)
   */
  Operand<TUint8> pixels(Ops tf, Operand<TString> file) {
    Operand<TUint8> decoded =
        tf.image.decodeImage(file, TUint8.class, DecodeImage.expandAnimations(false));
    return keepsAlpha() ? fitted(tf, decoded) : fittedWhereNeeded(tf, decoded);
  }

  /** An image that is as it should be already is not touched: half of the time is spared. */
  private Operand<TUint8> fittedWhereNeeded(Ops tf, Operand<TUint8> decoded) {
    int[] shape = {geometry.height(), geometry.width(), geometry.channels()};
    Operand<TBool> same = tf.math.equal(tf.shape(decoded), tf.constant(shape));
    Operand<TBool> whole = tf.reduceAll(same, tf.constant(0));
    try (ConcreteFunction asItIs = branch("as_it_is", (ops, image) -> ops.identity(image));
        ConcreteFunction fitted = branch("fitted", this::fitted)) {
      StatelessIf chosen =
          tf.statelessIf(whole, List.of(decoded), List.of(TUint8.class), asItIs, fitted);
      return tf.reshape(chosen.output().get(0).expect(TUint8.class), tf.constant(shape));
    }
  }

  private static ConcreteFunction branch(
      String name, BiFunction<Ops, Operand<TUint8>, Operand<TUint8>> body) {
    return ConcreteFunction.create(
        tf -> {
          Placeholder<TUint8> image =
              tf.placeholder(
                  TUint8.class,
                  Placeholder.shape(
                      Shape.of(Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE)));
          return Signature.builder(name)
              .input("image", image)
              .output("pixels", body.apply(tf, image))
              .build();
        });
  }

  private Operand<TUint8> fitted(Ops tf, Operand<TUint8> decoded) {
    Operand<TFloat32> ink = ink(tf, tf.dtypes.cast(decoded, TFloat32.class));
    return rounded(tf, divided(tf, resized(tf, cropped(tf, ink))));
  }

  private boolean keepsAlpha() {
    return geometry.channels() % 2 == 0;
  }

  /** (h, w, 1 grey, 2 grey and alpha, 3 or 4) → (h, w, channels), premultiplied or over white. */
  private Operand<TFloat32> ink(Ops tf, Operand<TFloat32> decoded) {
    Operand<TInt32> found = tf.shape.size(tf.shape(decoded), tf.constant(2)); // (1)
    Operand<TFloat32> alpha = alpha(tf, decoded, found); // (h, w, 1)
    Operand<TInt32> coloured = tf.dtypes.cast(tf.math.greater(found, tf.constant(2)), TInt32.class);
    Operand<TInt32> bands = tf.math.mul(tf.constant(new int[] {0, 1, 2}), coloured);
    Operand<TFloat32> rgb = tf.gather(decoded, bands, tf.constant(2)); // (h, w, 3)
    Operand<TFloat32> laid = tf.math.div(tf.math.mul(rgb, alpha), tf.constant(255f));
    if (!keepsAlpha()) {
      return colours(tf, tf.math.add(laid, tf.math.sub(tf.constant(255f), alpha)));
    }
    return tf.concat(List.of(colours(tf, laid), alpha), tf.constant(2));
  }

  /** The last band of 2 and of 4, opaque where there are 1 or 3. */
  private static Operand<TFloat32> alpha(Ops tf, Operand<TFloat32> decoded, Operand<TInt32> found) {
    Operand<TInt32> last = tf.math.sub(found, tf.constant(1));
    Operand<TFloat32> band = tf.gather(decoded, last, tf.constant(2));
    Operand<TBool> opaque = tf.math.equal(tf.math.floorMod(found, tf.constant(2)), tf.constant(1));
    return tf.select(opaque, tf.constant(255f), band);
  }

  /** (h, w, 3) → (h, w, 3), or (h, w, 1) by Rec. 601 luma. */
  private Operand<TFloat32> colours(Ops tf, Operand<TFloat32> rgb) {
    if (geometry.channels() > 2) {
      return rgb;
    }
    Operand<TFloat32> luma = tf.constant(new float[] {RED, GREEN, BLUE});
    return tf.expandDims(tf.reduceSum(tf.math.mul(rgb, luma), tf.constant(2)), tf.constant(2));
  }

  /** (h, w, channels) → (1, s, s, channels) with s the smaller of h and w. */
  private Operand<TFloat32> cropped(Ops tf, Operand<TFloat32> ink) {
    Operand<TInt32> size =
        tf.slice(tf.shape(ink), tf.constant(new int[1]), tf.constant(new int[] {2}));
    Operand<TInt32> square = tf.reduceMin(size, tf.constant(0));
    Operand<TInt32> start = tf.math.floorDiv(tf.math.sub(size, square), tf.constant(2));
    Operand<TInt32> begin = tf.concat(List.of(start, tf.constant(new int[1])), tf.constant(0));
    Operand<TInt32> extent = tf.stack(List.of(square, square, tf.constant(-1)));
    return tf.expandDims(tf.slice(ink, begin, extent), tf.constant(0));
  }

  /** (1, s, s, channels) → (side, side, channels): one of the two resizings changes nothing. */
  private Operand<TFloat32> resized(Ops tf, Operand<TFloat32> square) {
    int[] side = {geometry.height(), geometry.width()};
    Operand<TInt32> from = tf.shape.size(tf.shape(square), tf.constant(1)); // (1)
    Operand<TInt32> smaller = tf.math.minimum(from, tf.constant(side)); // (2)
    Operand<TFloat32> shrunk = tf.image.resizeArea(square, smaller);
    Operand<TFloat32> enlarged =
        tf.image.resizeBilinear(shrunk, tf.constant(side), ResizeBilinear.halfPixelCenters(true));
    int[] shape = {geometry.height(), geometry.width(), geometry.channels()};
    return tf.reshape(enlarged, tf.constant(shape));
  }

  /** Divides a kept alpha out of the colours again. */
  private Operand<TFloat32> divided(Ops tf, Operand<TFloat32> ink) {
    if (!keepsAlpha()) {
      return ink;
    }
    int colours = geometry.channels() - 1;
    int[] begin = new int[3];
    int[] colour = {-1, -1, colours};
    Operand<TFloat32> premultiplied = tf.slice(ink, tf.constant(begin), tf.constant(colour));
    int[] last = {0, 0, colours};
    Operand<TFloat32> alpha = tf.slice(ink, tf.constant(last), tf.constant(new int[] {-1, -1, 1}));
    Operand<TFloat32> plain =
        tf.math.divNoNan(tf.math.mul(premultiplied, tf.constant(255f)), alpha);
    return tf.concat(List.of(plain, alpha), tf.constant(2));
  }

  private static Operand<TUint8> rounded(Ops tf, Operand<TFloat32> ink) {
    Operand<TFloat32> whole = tf.math.floor(tf.math.add(ink, tf.constant(0.5f)));
    Operand<TFloat32> bounded = tf.clipByValue(whole, tf.constant(0f), tf.constant(255f));
    return tf.dtypes.cast(bounded, TUint8.class);
  }
}
