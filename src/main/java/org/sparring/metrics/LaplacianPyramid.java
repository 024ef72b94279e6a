package org.sparring.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * The Laplacian pyramid of an image (Burt and Adelson 1983) with the binomial filter (1, 4, 6, 4,
 * 1)/16. Each level holds the details that the next, half as large, cannot show; the last level is
 * what remains of the image.
 */
final class LaplacianPyramid {
  private static final float[] FILTER = {1 / 16f, 4 / 16f, 6 / 16f, 4 / 16f, 1 / 16f};

  private LaplacianPyramid() {}

  /**
   * @param count number of levels, 1 or more
   * @return the levels, the finest first; they sum to the image
   */
  static List<Pixels> of(Pixels image, int count) {
    List<Pixels> levels = new ArrayList<>();
    Pixels rest = image;
    while (levels.size() < count - 1) {
      Pixels half = halved(rest);
      levels.add(difference(rest, doubled(half, rest.height(), rest.width())));
      rest = half;
    }
    levels.add(rest);
    return levels;
  }

  /** Returns every second row and column of the blurred image. */
  static Pixels halved(Pixels image) {
    Pixels blurred = blurred(image, 1);
    int height = (image.height() + 1) / 2;
    int width = (image.width() + 1) / 2;
    int channels = image.channels();
    float[] half = new float[height * width * channels];
    for (int i = 0; i < half.length; i++) {
      int position = i / channels;
      int from = position / width * 2 * image.width() + position % width * 2;
      half[i] = blurred.values()[from * channels + i % channels];
    }
    return new Pixels(height, width, channels, half);
  }

  /** Returns an image of twice the size: zeros between the pixels, blurred, times 4. */
  static Pixels doubled(Pixels image, int height, int width) {
    int channels = image.channels();
    float[] wide = new float[height * width * channels];
    for (int i = 0; i < image.values().length; i++) {
      int position = i / channels;
      int to = position / image.width() * 2 * width + position % image.width() * 2;
      wide[to * channels + i % channels] = image.values()[i];
    }
    return blurred(new Pixels(height, width, channels, wide), 2);
  }

  private static Pixels difference(Pixels image, Pixels other) {
    float[] values = image.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] -= other.values()[i];
    }
    return new Pixels(image.height(), image.width(), image.channels(), values);
  }

  /**
   * Filters rows and columns, mirrored without the border pixel (2, 1, 0, 1, 2).
   *
   * @param gain factor of each of both filters
   */
  private static Pixels blurred(Pixels image, float gain) {
    int channels = image.channels();
    int row = image.width() * channels;
    float[] down = new float[image.values().length];
    float[] both = new float[down.length];
    for (int i = 0; i < down.length; i++) {
      down[i] = gain * filtered(image.values(), i % row, i / row, image.height(), row);
    }
    for (int i = 0; i < down.length; i++) {
      int start = i / row * row + i % channels;
      both[i] = gain * filtered(down, start, i % row / channels, image.width(), channels);
    }
    return new Pixels(image.height(), image.width(), channels, both);
  }

  /** Returns the weighted sum around position {@code at} of the line from {@code start}. */
  private static float filtered(float[] values, int start, int at, int length, int step) {
    float sum = 0;
    for (int k = 0; k < FILTER.length; k++) {
      sum += FILTER[k] * values[start + mirrored(at + k - FILTER.length / 2, length) * step];
    }
    return sum;
  }

  private static int mirrored(int at, int length) {
    int inside = Math.abs(at);
    return inside < length ? inside : 2 * (length - 1) - inside;
  }
}
