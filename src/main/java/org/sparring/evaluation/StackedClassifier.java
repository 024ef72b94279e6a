package org.sparring.evaluation;

import org.sparring.errors.EvaluationException;

/**
 * Determines which of the 1000 modes of stacked digits an image shows. Each of its three channels
 * is classified as a separate grey image; the digits a, b, c make mode 100a + 10b + c.
 *
 * @param digits classifier of single digits; it is not closed
 */
public record StackedClassifier(Classifier digits) {
  public static final int MODES = 1000;
  public static final int CHANNELS = 3;

  /** Number of images whose channels are separated at a time. */
  private static final int BATCH = 250;

  /**
   * Returns the mode of each image, (n), each from 0 to 999.
   *
   * @param images (n, 28, 28, 3) in [−1, 1], row-major
   */
  public int[] modes(float[] images) {
    int each = CHANNELS * digits.pixels();
    EvaluationException.require(
        images.length > 0 && images.length % each == 0,
        "expected whole images of " + each + " values, found " + images.length + " values");
    int[] modes = new int[images.length / each];
    for (int from = 0; from < modes.length; from += BATCH) {
      fill(images, modes, from, Math.min(BATCH, modes.length - from));
    }
    return modes;
  }

  private void fill(float[] images, int[] modes, int from, int count) {
    int[] labels = digits.classify(channels(images, from, count));
    for (int i = 0; i < labels.length; i++) {
      int mode = from + i / CHANNELS;
      modes[mode] = 10 * modes[mode] + labels[i];
    }
  }

  /** Separates channels, (count, 28, 28, 3) → (count · 3, 28, 28, 1). */
  private float[] channels(float[] images, int from, int count) {
    int pixels = digits.pixels();
    float[] apart = new float[count * CHANNELS * pixels];
    for (int i = 0; i < apart.length; i++) {
      int image = i / (CHANNELS * pixels);
      int channel = i / pixels % CHANNELS;
      apart[i] = images[((from + image) * pixels + i % pixels) * CHANNELS + channel];
    }
    return apart;
  }
}
