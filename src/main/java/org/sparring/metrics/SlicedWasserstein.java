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

  /** Returns the number of levels of an image: the side is halved while it is 16 or more. */
  public static int levels(int height, int width) {
    int levels = 0;
    for (int side = Math.min(height, width); side >= SMALLEST; side /= 2) {
      levels++;
    }
    return levels;
  }

  /**
   * Returns an empty set of patches.
   *
   * @param levels 1 or more, at most that of the smallest image
   */
  public PatchSet patches(int levels) {
    return new PatchSet(patches, levels, seed);
  }

  /**
   * Returns the distances of two sets of equally many images; image i of both has one shape.
   *
   * @param real at least 1 image, each of at least 16×16 pixels
   * @param fake as many
   */
  public Score between(List<Pixels> real, List<Pixels> fake) {
    MetricsException.require(
        !real.isEmpty() && real.size() == fake.size(),
        "expected two sets of equally many images, found " + real.size() + " and " + fake.size());
    int levels = Integer.MAX_VALUE;
    for (int i = 0; i < real.size(); i++) {
      real.get(i).requireSameShape(fake.get(i));
      levels = Math.min(levels, levels(real.get(i).height(), real.get(i).width()));
    }
    MetricsException.require(
        levels >= 1, "expected images of at least " + SMALLEST + "×" + SMALLEST + " pixels");
    PatchSet reals = patches(levels);
    PatchSet fakes = patches(levels);
    real.forEach(reals::add);
    fake.forEach(fakes::add);
    return between(reals, fakes);
  }

  /** Returns the distances of two sets of equally many patches and levels. */
  public Score between(PatchSet real, PatchSet fake) {
    return new Score(
        IntStream.range(0, real.levels())
            .mapToObj(
                level ->
                    distance(real.normalized(level), fake.normalized(level), real.size(), level))
            .toList());
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
