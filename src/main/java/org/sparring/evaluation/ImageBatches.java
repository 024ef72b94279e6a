package org.sparring.evaluation;

import java.util.function.IntFunction;
import org.sparring.data.ImageSource;
import org.sparring.errors.EvaluationException;
import org.sparring.errors.ModelException;
import org.sparring.inference.GeneratorModel;
import org.sparring.pictures.ImageGeometry;

/**
 * Images as 8-bit values that are generated or read on request, in batches of 250; only the last
 * batch can be smaller.
 *
 * @param geometry geometry of every image
 * @param count total number of images, at least 1
 * @param batches function from the number b of a batch to its images, (n, height, width, channels)
 */
public record ImageBatches(ImageGeometry geometry, int count, IntFunction<byte[]> batches) {
  /**
   * Number of images in a batch. It is part of the protocol, because every batch of generated
   * images has its own seed.
   */
  public static final int SIZE = 250;

  public ImageBatches {
    EvaluationException.require(count >= 1, "expected at least 1 image, found " + count);
  }

  /** Returns the real images with the given indices. */
  public static ImageBatches of(ImageSource source, int[] indices) {
    int each = source.geometry().bytes();
    return new ImageBatches(
        source.geometry(),
        indices.length,
        batch -> {
          int from = batch * SIZE;
          int size = Math.min(SIZE, indices.length - from);
          byte[] images = new byte[size * each];
          for (int i = 0; i < size; i++) {
            source.read(indices[from + i], images, i * each);
          }
          return images;
        });
  }

  /**
   * Returns generated images, rounded to 8 bits as in an image file. Batch b is the model's images
   * of the seed 2³²·seed + b.
   */
  public static ImageBatches of(GeneratorModel model, long seed, int count) {
    ImageGeometry geometry = new ImageGeometry(model.height(), model.width(), model.channels());
    return new ImageBatches(
        geometry,
        count,
        batch -> {
          int size = Math.min(SIZE, count - batch * SIZE);
          return rounded(model.sample((seed << 32) + batch, size).values(), batch, geometry);
        });
  }

  /**
   * Returns the class labels of the images that a conditional generator generates for the seed,
   * (count).
   */
  public static int[] labels(GeneratorModel model, long seed, int count) {
    int[] labels = new int[count];
    for (int from = 0; from < count; from += SIZE) {
      int size = Math.min(SIZE, count - from);
      int[] batch = model.labels((seed << 32) + from / SIZE, size);
      System.arraycopy(batch, 0, labels, from, size);
    }
    return labels;
  }

  int batchCount() {
    return (count + SIZE - 1) / SIZE;
  }

  /** Rounds values in [−1, 1] to 0 … 255; values outside are clamped. */
  private static byte[] rounded(float[] values, int batch, ImageGeometry geometry) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new ModelException(
            "the model generates pixels that are no numbers: expected [-1, 1], found "
                + values[i]
                + " in image "
                + (batch * SIZE + i / geometry.bytes()));
      }
      bytes[i] = (byte) Math.max(0, Math.min(255, Math.round((values[i] + 1) * 127.5f)));
    }
    return bytes;
  }
}
