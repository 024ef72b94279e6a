package org.sparring.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.sparring.errors.MetricsException;

/**
 * The sliced Wasserstein distance of two sets of images (Karras et al. 2018, arXiv 1710.10196,
 * section 5), at each level of a {@link LaplacianPyramid}: patches of 7×7 pixels are normalised to
 * mean 0 and deviation 1 in each channel of each set, projected onto random directions and sorted;
 * the distance is the mean difference of the sorted projections. Multiplied by 1000, as published.
 * A distance of one level compares textures of one size, the finest first.
 *
 * <p>Both sets use patches at the same positions, so the distance of a set to itself is 0, where
 * the published code takes others and finds a distance above 0. Each set is normalised by its own
 * moments, so a change of brightness or contrast of all images has no effect.
 *
 * @param patches per image and level, 1 or more
 * @param directions number of random projections, 1 or more
 * @param seed of positions and directions
 */
public record SlicedWasserstein(int patches, int directions, long seed) {
  /** The values of the paper: 128 patches per image and 512 projections. */
  public static final SlicedWasserstein PUBLISHED = new SlicedWasserstein(128, 512, 1);

  /** Side of the smallest level in pixels; an image has at least this side. */
  public static final int SMALLEST = 16;

  private static final int PATCH = 7;
  private static final double SCALE = 1000;

  public SlicedWasserstein {
    MetricsException.require(
        patches >= 1 && directions >= 1,
        "expected 1 or more patches and directions, found " + patches + " and " + directions);
  }

  /**
   * The distances.
   *
   * @param levels distance at each level, the finest first
   */
  public record Score(List<Double> levels) {
    public Score {
      levels = List.copyOf(levels);
    }

    /** Returns the mean over the levels. */
    public double mean() {
      return levels.stream().mapToDouble(d -> d).average().orElseThrow();
    }
  }

  /**
   * Returns the distances of two sets with equally many images of one shape.
   *
   * @param real at least 1 image, of at least 16×16 pixels
   * @param fake as many
   */
  public Score between(List<Pixels> real, List<Pixels> fake) {
    MetricsException.require(
        !real.isEmpty() && real.size() == fake.size(),
        "expected two sets of equally many images, found " + real.size() + " and " + fake.size());
    Pixels first = real.get(0);
    MetricsException.require(
        Math.min(first.height(), first.width()) >= SMALLEST,
        "expected images of at least " + SMALLEST + "×" + SMALLEST + " pixels, found " + first);
    real.forEach(first::requireSameShape);
    fake.forEach(first::requireSameShape);
    float[][] reals = descriptors(real);
    float[][] fakes = descriptors(fake);
    int size = PATCH * PATCH * first.channels();
    return new Score(
        IntStream.range(0, reals.length)
            .mapToObj(level -> distance(reals[level], fakes[level], size, level))
            .toList());
  }

  /** Returns the normalised patches of each level, (levels)(images · patches, 7, 7, channels). */
  private float[][] descriptors(List<Pixels> images) {
    int size = PATCH * PATCH * images.get(0).channels();
    float[][] levels = null;
    Random random = new Random(seed);
    for (int i = 0; i < images.size(); i++) {
      List<Pixels> pyramid = LaplacianPyramid.of(images.get(i), SMALLEST);
      if (levels == null) {
        levels = new float[pyramid.size()][images.size() * patches * size];
      }
      for (int level = 0; level < levels.length; level++) {
        for (int p = 0; p < patches; p++) {
          copy(pyramid.get(level), random, levels[level], (i * patches + p) * size);
        }
      }
    }
    for (float[] level : levels) {
      normalize(level, images.get(0).channels());
    }
    return levels;
  }

  private static void copy(Pixels image, Random random, float[] into, int at) {
    int y = random.nextInt(image.height() - PATCH + 1);
    int x = random.nextInt(image.width() - PATCH + 1);
    int row = PATCH * image.channels();
    for (int k = 0; k < PATCH; k++) {
      int from = ((y + k) * image.width() + x) * image.channels();
      System.arraycopy(image.values(), from, into, at + k * row, row);
    }
  }

  /** Brings each channel to mean 0 and deviation 1; a constant channel to 0. */
  private static void normalize(float[] values, int channels) {
    int count = values.length / channels;
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      for (int i = c; i < values.length; i += channels) {
        sum += values[i];
      }
      double mean = sum / count;
      double squares = 0;
      for (int i = c; i < values.length; i += channels) {
        squares += (values[i] - mean) * (values[i] - mean);
      }
      double deviation = Math.sqrt(squares / count);
      for (int i = c; i < values.length; i += channels) {
        values[i] = deviation == 0 ? 0 : (float) ((values[i] - mean) / deviation);
      }
    }
  }

  private double distance(float[] real, float[] fake, int size, int level) {
    double[] sums =
        IntStream.range(0, directions)
            .parallel()
            .mapToDouble(
                d -> {
                  float[] direction = direction(size, (long) level * directions + d);
                  return apart(projected(real, direction), projected(fake, direction));
                })
            .toArray();
    return SCALE * Arrays.stream(sums).sum() / directions;
  }

  /** Returns a random unit vector, a function of the seed and {@code index}. */
  private float[] direction(int size, long index) {
    Random random = new Random(seed * 1_000_003 + index);
    double[] normal = new double[size];
    double squares = 0;
    for (int i = 0; i < size; i++) {
      normal[i] = random.nextGaussian();
      squares += normal[i] * normal[i];
    }
    float[] direction = new float[size];
    for (int i = 0; i < size; i++) {
      direction[i] = (float) (normal[i] / Math.sqrt(squares));
    }
    return direction;
  }

  private static float[] projected(float[] patches, float[] direction) {
    float[] projected = new float[patches.length / direction.length];
    for (int p = 0; p < projected.length; p++) {
      float sum = 0;
      int at = p * direction.length;
      for (int i = 0; i < direction.length; i++) {
        sum += direction[i] * patches[at + i];
      }
      projected[p] = sum;
    }
    Arrays.sort(projected);
    return projected;
  }

  private static double apart(float[] sorted, float[] others) {
    double sum = 0;
    for (int i = 0; i < sorted.length; i++) {
      sum += Math.abs(sorted[i] - others[i]);
    }
    return sum / sorted.length;
  }
}
