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
    BicubicRows rows = new BicubicRows(picture, height, width);
    byte[] pixels = new byte[to.bytes()];
    for (int y = 0; y < height; y++) {
      byte[] row = rows.row(y);
      System.arraycopy(row, 0, pixels, y * row.length, row.length);
    }
    return new Picture(to, pixels);
  }
}
