package org.sparring.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.sparring.errors.MetricsException;

/**
 * Random patches of 7×7 pixels of a set of images, at each level of a {@link LaplacianPyramid}; see
 * {@link SlicedWasserstein}. Images are added one at a time and not kept. Two sets of equally many
 * images of the same shapes have patches at the same positions.
 */
public final class PatchSet {
  static final int SIDE = 7;

  private final int patches;
  private final Random random;
  private final List<List<float[]>> levels = new ArrayList<>();
  private int channels;

  PatchSet(int patches, int levelCount, long seed) {
    MetricsException.require(levelCount >= 1, "levels: expected 1 or more, found " + levelCount);
    this.patches = patches;
    random = new Random(seed);
    for (int level = 0; level < levelCount; level++) {
      levels.add(new ArrayList<>());
    }
  }

  /**
   * Adds the patches of an image.
   *
   * @param image with as many channels as those before, large enough for the levels of the set
   */
  public void add(Pixels image) {
    MetricsException.require(
        channels == 0 || channels == image.channels(),
        "expected an image of " + channels + " channels, found " + image);
    int most = SlicedWasserstein.levels(image.height(), image.width());
    MetricsException.require(
        most >= levels.size(),
        "expected images of at least "
            + (SlicedWasserstein.SMALLEST << levels.size() - 1)
            + " pixels a side, found "
            + image);
    channels = image.channels();
    List<Pixels> pyramid = LaplacianPyramid.of(image, levels.size());
    for (int level = 0; level < levels.size(); level++) {
      levels.get(level).add(patches(pyramid.get(level)));
    }
  }

  int levels() {
    return levels.size();
  }

  /** Numbers in a patch. */
  int size() {
    return SIDE * SIDE * channels;
  }

  private float[] patches(Pixels image) {
    float[] all = new float[patches * size()];
    int row = SIDE * channels;
    for (int p = 0; p < patches; p++) {
      int y = random.nextInt(image.height() - SIDE + 1);
      int x = random.nextInt(image.width() - SIDE + 1);
      for (int k = 0; k < SIDE; k++) {
        int from = ((y + k) * image.width() + x) * channels;
        System.arraycopy(image.values(), from, all, (p * SIDE + k) * row, row);
      }
    }
    return all;
  }

  /** Returns all patches of a level, (images · patches, 7, 7, channels), normalised by channel. */
  float[] normalized(int level) {
    int each = patches * size();
    float[] all = new float[levels.get(level).size() * each];
    for (int i = 0; i < levels.get(level).size(); i++) {
      System.arraycopy(levels.get(level).get(i), 0, all, i * each, each);
    }
    for (int c = 0; c < channels; c++) {
      normalize(all, c);
    }
    return all;
  }

  /** Brings a channel to mean 0 and deviation 1; a constant one to 0. */
  private void normalize(float[] values, int channel) {
    int count = values.length / channels;
    double sum = 0;
    for (int i = channel; i < values.length; i += channels) {
      sum += values[i];
    }
    double mean = sum / count;
    double squares = 0;
    for (int i = channel; i < values.length; i += channels) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    double deviation = Math.sqrt(squares / count);
    for (int i = channel; i < values.length; i += channels) {
      values[i] = deviation == 0 ? 0 : (float) ((values[i] - mean) / deviation);
    }
  }
}
