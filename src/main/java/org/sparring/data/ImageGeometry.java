package org.sparring.data;

/**
 * The shape of one image: {@code (height, width, channels)}, row-major.
 *
 * @param height rows, 1 or more
 * @param width columns, 1 or more
 * @param channels 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA
 */
public record ImageGeometry(int height, int width, int channels) {
  /** More than any image a network is trained on; {@code bytes()} stays an int below it. */
  static final int LONGEST_SIDE = 16_384;

  public ImageGeometry {
    require(height >= 1 && height <= LONGEST_SIDE, "a height from 1 to " + LONGEST_SIDE, height);
    require(width >= 1 && width <= LONGEST_SIDE, "a width from 1 to " + LONGEST_SIDE, width);
    require(channels >= 1 && channels <= 4, "1 to 4 channels", channels);
  }

  /** Bytes of one image. */
  public int bytes() {
    return height * width * channels;
  }

  boolean sameSize(ImageGeometry other) {
    return height == other.height && width == other.width;
  }

  ImageGeometry withChannels(int other) {
    return new ImageGeometry(height, width, other);
  }

  @Override
  public String toString() {
    return height + "×" + width + "×" + channels;
  }

  private static void require(boolean holds, String rule, int found) {
    if (!holds) {
      throw DataException.in(
          "image geometry", rule, Integer.toString(found), "Choose a side and channels in range.");
    }
  }
}
