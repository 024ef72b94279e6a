package org.sparring.pictures;

/**
 * The bicubic resizing of the super-resolution literature: MATLAB's {@code imresize(…, 'bicubic')}
 * with antialiasing, a = −0.5 and mirrored borders. Results are rounded to 8 bits.
 */
public final class Bicubic {
  private Bicubic() {}

  /**
   * Returns the weights along one axis: output {@code o} is the sum over {@code i} of {@code
   * weights[o][i]} · input {@code i}. Each row sums to 1. An image is resized by two products, one
   * over rows and one over columns.
   *
   * @param from number of input pixels, 1 or more
   * @param to number of output pixels, 1 or more
   * @return ({@code to}, {@code from})
   */
  public static float[][] weights(int from, int to) {
    Limits.require(from >= 1 && to >= 1, "bicubic", "sizes of 1 or more", from + " to " + to);
    ResizeWeights taps = ResizeWeights.bicubic(from, to);
    float[][] dense = new float[to][from];
    for (int o = 0; o < to; o++) {
      float[] share = taps.weights()[o];
      System.arraycopy(share, 0, dense[o], taps.first()[o], share.length);
    }
    return dense;
  }

  /**
   * Resizes a picture. Colours are weighted by alpha where there is alpha.
   *
   * @param height of the result in pixels
   * @param width of the result in pixels
   */
  public static Picture resize(Picture picture, int height, int width) {
    ImageGeometry from = picture.geometry();
    ImageGeometry to = new ImageGeometry(height, width, from.channels());
    Rows rows = new Rows(picture, width);
    ResizeWeights down = ResizeWeights.bicubic(from.height(), height);
    byte[] pixels = new byte[to.bytes()];
    for (int y = 0; y < height; y++) {
      byte[] row = rows.row(down, y);
      System.arraycopy(row, 0, pixels, y * row.length, row.length);
    }
    return new Picture(to, pixels);
  }

  /** Resizes one row of the output at a time, rows first, so that few floats are held. */
  private static final class Rows {
    private final Picture picture;
    private final int width;
    private final int channels;
    private final ResizeWeights across;
    private final float[][] ink; // the rows that the current output row needs
    private int oldest;

    Rows(Picture picture, int width) {
      this.picture = picture;
      this.width = picture.geometry().width();
      this.channels = picture.geometry().channels();
      this.across = ResizeWeights.bicubic(this.width, width);
      this.ink = new float[picture.geometry().height()][];
    }

    byte[] row(ResizeWeights down, int y) {
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
}
