package org.sparring.batches;

import org.sparring.errors.TrainingException;
import org.sparring.replicas.RandomRows;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** How the images of a minibatch are varied: random numbers are drawn once for each sample. */
public sealed interface Variation {
  /** Name of its random numbers; different variations draw independently. */
  String purpose();

  /**
   * Draws the random numbers of a minibatch.
   *
   * @param random rows for the samples
   * @param batch number of samples
   */
  Change drawn(Ops tf, RandomRows random, int batch);

  /** What was drawn for a minibatch. */
  @FunctionalInterface
  interface Change {
    /**
     * Varies images, each sample as it was drawn.
     *
     * @param image (batch, height, width, channels)
     */
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> image);
  }

  /**
   * Mirrors left to right with probability one half. This doubles a data set in which both
   * orientations are equally likely.
   */
  record Mirror() implements Variation {
    @Override
    public String purpose() {
      return "mirror";
    }

    @Override
    public Change drawn(Ops tf, RandomRows random, int batch) {
      Operand<TBool> mirrored = coin(tf, random.uniform(tf, each(tf, batch)));
      return (ops, image) -> ops.select(mirrored, reversed(ops, image, 2), image);
    }
  }

  /** Rotates by 0, 90, 180 or 270 degrees with equal probability. Images must be squares. */
  record Turn() implements Variation {
    private static final int[] TRANSPOSED = {0, 2, 1, 3};

    @Override
    public String purpose() {
      return "turn";
    }

    @Override
    public Change drawn(Ops tf, RandomRows random, int batch) {
      Operand<TFloat32> uniform = tf.math.mul(random.uniform(tf, each(tf, batch)), tf.constant(4f));
      Operand<TFloat32> turns = tf.math.floor(uniform); // 0 … 3
      Operand<TBool> half = tf.math.greaterEqual(turns, tf.constant(2f));
      Operand<TBool> quarter = tf.math.equal(tf.math.mod(turns, tf.constant(2f)), tf.constant(1f));
      return (ops, image) -> turned(ops, image, half, quarter);
    }

    private static Operand<TFloat32> turned(
        Ops tf, Operand<TFloat32> image, Operand<TBool> half, Operand<TBool> quarter) {
      Shape shape = image.shape();
      TrainingException.require(
          shape.get(1) == shape.get(2), "a turn takes square images, found " + shape);
      Operand<TFloat32> first = tf.select(half, reversed(tf, image, 1, 2), image);
      // a transposed image with its columns reversed is rotated by 90 degrees, clockwise
      Operand<TFloat32> second =
          reversed(tf, tf.linalg.transpose(first, tf.constant(TRANSPOSED)), 2);
      return tf.select(quarter, second, first);
    }
  }

  /**
   * Cuts a square out of each image, at a random place: the same one in all images of a sample,
   * which must have one size.
   *
   * @param side of the square in pixels, at least 1
   */
  record Crop(int side) implements Variation {
    public Crop {
      TrainingException.require(side >= 1, "a crop must have at least 1 pixel, found " + side);
    }

    @Override
    public String purpose() {
      return "crop";
    }

    @Override
    public Change drawn(Ops tf, RandomRows random, int batch) {
      Operand<TFloat32> place = random.uniform(tf, tf.constant(new int[] {batch, 2}));
      return (ops, image) -> {
        Shape shape = image.shape();
        Operand<TInt32> rows = window(ops, place, 0, shape.get(1));
        Operand<TInt32> columns = window(ops, place, 1, shape.get(2));
        return gathered(ops, gathered(ops, image, rows, 1), columns, 2);
      };
    }

    /** Returns the indices that are kept along an axis of a length, (batch, side). */
    private Operand<TInt32> window(Ops tf, Operand<TFloat32> place, int column, long length) {
      TrainingException.require(
          side <= length, "a crop of " + side + " takes images of that size, found " + length);
      long last = length - side;
      Operand<TFloat32> own = // (batch, 1)
          tf.slice(place, tf.constant(new int[] {0, column}), tf.constant(new int[] {-1, 1}));
      Operand<TFloat32> first =
          tf.math.minimum(
              tf.math.floor(tf.math.mul(own, tf.constant(last + 1f))),
              tf.constant((float) last)); // a product just below last + 1 may be rounded to it
      float[] steps = new float[side];
      for (int i = 0; i < side; i++) {
        steps[i] = i;
      }
      // cast last: GPUs have no kernels for the arithmetic of int32
      return tf.dtypes.cast(tf.math.add(first, tf.constant(new float[][] {steps})), TInt32.class);
    }

    private static Operand<TFloat32> gathered(
        Ops tf, Operand<TFloat32> image, Operand<TInt32> indices, int axis) {
      return tf.gather(image, indices, tf.constant(axis), Gather.batchDims(1L));
    }
  }

  private static Operand<TInt32> each(Ops tf, int batch) {
    return tf.constant(new int[] {batch, 1, 1, 1});
  }

  private static Operand<TBool> coin(Ops tf, Operand<TFloat32> uniform) {
    return tf.math.less(uniform, tf.constant(0.5f));
  }

  private static Operand<TFloat32> reversed(Ops tf, Operand<TFloat32> image, int... axes) {
    return tf.reverse(image, tf.constant(axes));
  }
}
