package org.sparring.benchmarks.jmh;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sizes of a convolution between a larger and a smaller map, with padding SAME. If the smaller
 * map has half the side, the kernel is 4×4 and the stride 2. If both have the same side, the kernel
 * is 3×3 and the stride 1.
 *
 * @param side side of the larger map
 * @param channels channels of the larger map
 * @param smallerSide side of the smaller map
 * @param smallerChannels channels of the smaller map
 */
record ConvolutionLayer(int side, int channels, int smallerSide, int smallerChannels) {
  private static final Pattern NAME = Pattern.compile("(\\d+)x\\1x(\\d+)-(\\d+)x\\3x(\\d+)");

  ConvolutionLayer {
    require(channels > 0 && smallerChannels > 0, "expected channels, found 0");
    require(
        smallerSide > 0 && (smallerSide == side || 2 * smallerSide == side),
        "expected a smaller map of the same or half the side of "
            + side
            + ", found "
            + smallerSide);
  }

  /**
   * @param name the larger and the smaller map, such as {@code 32x32x64-16x16x128}
   */
  static ConvolutionLayer of(String name) {
    Matcher m = NAME.matcher(name);
    require(m.matches(), "expected a layer such as 32x32x64-16x16x128, found " + name);
    return new ConvolutionLayer(
        Integer.parseInt(m.group(1)),
        Integer.parseInt(m.group(2)),
        Integer.parseInt(m.group(3)),
        Integer.parseInt(m.group(4)));
  }

  int stride() {
    return side / smallerSide;
  }

  /** Returns the side of the kernel. */
  int kernel() {
    return stride() == 2 ? 4 : 3;
  }

  /** Returns the shape of a minibatch of larger maps. */
  int[] image(int batch) {
    return new int[] {batch, side, side, channels};
  }

  /** Returns the shape of a minibatch of smaller maps. */
  int[] map(int batch) {
    return new int[] {batch, smallerSide, smallerSide, smallerChannels};
  }

  int[] kernelShape() {
    return new int[] {kernel(), kernel(), channels, smallerChannels};
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
