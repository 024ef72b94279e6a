package org.sparring.metrics;

import org.sparring.errors.MetricsException;

/**
 * One image as real numbers from 0 to 255.
 *
 * @param height rows, 1 or more
 * @param width columns, 1 or more
 * @param channels 1 or more
 * @param values (height, width, channels), row-major
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Pixels(int height, int width, int channels, float[] values) {
  private static final int COLOURS = 3;

  public Pixels {
    MetricsException.require(
        height >= 1 && width >= 1 && channels >= 1,
        "image: expected sides and channels of 1 or more, found " + text(height, width, channels));
    MetricsException.require(
        values.length == (long) height * width * channels,
        "image "
            + text(height, width, channels)
            + ": expected as many values, found "
            + values.length);
  }

  /**
   * Returns an image of 8-bit values.
   *
   * @param bytes unsigned, (height, width, channels), row-major
   */
  public static Pixels of(int height, int width, int channels, byte[] bytes) {
    float[] values = new float[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes[i] & 0xff;
    }
    return new Pixels(height, width, channels, values);
  }

  /**
   * Returns the image without its border.
   *
   * @param border number of pixels removed at each side
   */
  public Pixels cropped(int border) {
    MetricsException.require(
        border >= 0 && 2 * (long) border < Math.min(height, width),
        "border: expected 0 or more and less than half of " + this + ", found " + border);
    int rows = height - 2 * border;
    int row = (width - 2 * border) * channels;
    float[] inner = new float[rows * row];
    for (int y = 0; y < rows; y++) {
      int from = ((y + border) * width + border) * channels;
      System.arraycopy(values, from, inner, y * row, row);
    }
    return new Pixels(rows, width - 2 * border, channels, inner);
  }

  /**
   * Returns the brightness Y of YCbCr (ITU-R BT.601, studio range 16 to 235) as one channel: 16 +
   * (65.481 R + 128.553 G + 24.966 B) / 255, not rounded. Black is 16, white 235, and red 81.481.
   * Grey values count as three equal colours.
   */
  public Pixels luma() {
    MetricsException.require(
        channels == 1 || channels == COLOURS,
        "brightness: expected an image of 1 or 3 channels, found " + this);
    float[] y = new float[height * width];
    for (int i = 0; i < y.length; i++) {
      int at = i * channels;
      float red = values[at];
      float green = values[channels == 1 ? at : at + 1];
      float blue = values[channels == 1 ? at : at + 2];
      y[i] = (float) (16 + (65.481 * red + 128.553 * green + 24.966 * blue) / 255);
    }
    return new Pixels(height, width, 1, y);
  }

  /** Throws unless both images have the same shape. */
  void requireSameShape(Pixels other) {
    boolean same = height == other.height && width == other.width && channels == other.channels;
    MetricsException.require(
        same, "images: expected two of the same shape, found " + this + " and " + other);
  }

  @Override
  public String toString() {
    return text(height, width, channels);
  }

  private static String text(int height, int width, int channels) {
    return height + "×" + width + "×" + channels;
  }
}
