package org.sparring.scores;

import java.util.function.IntFunction;
import org.sparring.data.FieldValues;
import org.sparring.data.ImageSource;
import org.sparring.evaluation.Classifier;
import org.sparring.evaluation.StackedClassifier;
import org.sparring.inference.GeneratorModel;

/** Classifies stacked digits into 1000 modes with the shipped classifier. */
public final class Stacks {
  /** Number of images in memory at a time. */
  private static final int BATCH = 500;

  private Stacks() {}

  /**
   * Returns the modes of generated stacks: the first {@code count} images of the batches of
   * consecutive seeds.
   */
  public static int[] of(GeneratorModel model, long seed, int count) {
    return of(count, from -> model.sample(seed + from, Math.min(BATCH, count - from)).values());
  }

  /** Returns the modes of all images of a source. */
  public static int[] of(ImageSource source) {
    int count = source.size();
    return of(count, from -> pixels(source, from, Math.min(BATCH, count - from)));
  }

  private static int[] of(int count, IntFunction<float[]> batches) {
    int[] modes = new int[count];
    try (Classifier digits = Classifier.load(Classifier.shipped())) {
      StackedClassifier stacks = new StackedClassifier(digits);
      for (int from = 0; from < count; from += BATCH) {
        int[] batch = stacks.modes(batches.apply(from));
        System.arraycopy(batch, 0, modes, from, batch.length);
      }
    }
    return modes;
  }

  /** Returns the pixels of images, (count, height, width, channels) in [−1, 1]. */
  private static float[] pixels(ImageSource source, int from, int count) {
    int each = source.geometry().bytes();
    float[] pixels = new float[count * each];
    for (int i = 0; i < count; i++) {
      FieldValues.ofSamples(source).read(from + i, pixels, i * each);
    }
    return pixels;
  }
}
