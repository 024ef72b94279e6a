package org.sparring.pictures;

/**
 * A picture resized by {@link Bicubic}, one row at a time, so that few floats are held. For one
 * thread.
 */
public final class BicubicRows {
  private final Picture picture;
  private final int width;
  private final int channels;
  private final ResizeWeights down;
  private final ResizeWeights across;
  private final float[][] ink; // the rows that the current output row needs
  private int oldest;

  /**
   * @param height of the result in pixels
   * @param width of the result in pixels
   */
  public BicubicRows(Picture picture, int height, int width) {
    ImageGeometry from = picture.geometry();
    this.picture = picture;
    this.width = from.width();
    channels = from.channels();
    down = ResizeWeights.bicubic(from.height(), height);
    across = ResizeWeights.bicubic(from.width(), width);
    ink = new float[from.height()][];
  }

  /**
   * Returns a row of the result, (width, channels). Rows are cheapest in their order.
   *
   * @param y from 0
   */
  public byte[] row(int y) {
    int first = down.first()[y];
    while (oldest < first) {
      ink[oldest++] = null;
    }
    float[] weights = down.weights()[y];
    float[] sum = new float[width * channels];
    for (int i = 0; i < weights.length; i++) {
      float[] row = ink(first + i);
      for (int x = 0; x < sum.length; x++) {
        sum[x] += weights[i] * row[x];
      }
    }
    return ChannelConversion.bytes(across(sum), channels);
  }

  private float[] ink(int y) {
    if (ink[y] == null) {
      ink[y] = ChannelConversion.of(picture, y * width, width, channels);
    }
    return ink[y];
  }

  private float[] across(float[] row) {
    float[] to = new float[across.out() * channels];
    for (int o = 0; o < across.out(); o++) {
      int from = across.first()[o] * channels;
      for (float weight : across.weights()[o]) {
        for (int c = 0; c < channels; c++) {
          to[o * channels + c] += weight * row[from + c];
        }
        from += channels;
      }
    }
    return to;
  }
}
