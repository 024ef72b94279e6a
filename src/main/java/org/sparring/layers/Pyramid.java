package org.sparring.layers;

import org.sparring.errors.NetException;
import org.tensorflow.ndarray.Shape;

/**
 * Decomposes an image side into doublings of a small map: side = base · 2^levels with the smallest
 * base of 4 or more. 28 = 7·2², 32 = 4·2³, 64 = 4·2⁴, 48 = 6·2³.
 *
 * @param base side of the smallest map, 4 to 15
 * @param levels number of doublings, at least 1
 */
public record Pyramid(int base, int levels) {
  private static final int SMALLEST = 4;
  private static final int LARGEST = 15;

  public static Pyramid of(int side) {
    int base = side;
    int levels = 0;
    while (base % 2 == 0 && base / 2 >= SMALLEST) {
      base /= 2;
      levels++;
    }
    NetException.require(
        levels >= 1 && base <= LARGEST,
        "a convolutional pair needs a side s·2^k with s from 4 to 15 and k at least 1 (28, 32, 48, 64, 128, …), "
            + "found "
            + side);
    return new Pyramid(base, levels);
  }

  /** Returns the pyramid of a side, after checking the other sizes of a pair of image networks. */
  public static Pyramid of(int side, int channels, int width, int latent) {
    Pyramid pyramid = of(side);
    NetException.require(
        channels >= 1 && channels <= 4, "channels must be 1 to 4, found " + channels);
    NetException.require(width >= 1, "width must be at least 1, found " + width);
    NetException.require(latent >= 1, "latent must be at least 1, found " + latent);
    return pyramid;
  }

  /** Returns the side of the maps after {@code level} doublings of the smallest map. */
  public long sideAt(int level) {
    return (long) base << level;
  }

  /** Returns the shape of the smallest map with {@code maps} channels, (base, base, maps). */
  public Shape smallest(long maps) {
    return Shape.of(base, base, maps);
  }
}
