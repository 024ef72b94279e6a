package org.sparring.pictures;

/**
 * Converts pictures of any size to images of one geometry: centre crop to a square, resize, convert
 * channels. All resizing of this package is done here.
 *
 * <p>Grey to colour replicates; colour to grey is Rec. 601 luma (0.299 R + 0.587 G + 0.114 B); with
 * 1 or 3 channels, pictures with alpha are composited over white; 2 and 4 channels keep alpha.
 * Shrinking averages exact areas, enlarging is bilinear.
 *
 * @param side the square's side in pixels, or 0 to keep the size
 * @param channels 1 to 4, or 0 to keep the channels
 * @param padding a picture smaller than {@code side} by at most this many pixels is padded with
 *     zeros instead of enlarged, so 28×28 digits stay sharp at 32×32
 */
public record Fit(int side, int channels, int padding) {
  /** Largest side in pixels, more than any network here is trained on. */
  public static final int LONGEST_SIDE = 16_384;

  /** The default geometry for images of various sizes. */
  public static final ImageGeometry PHOTO = new ImageGeometry(64, 64, 3);

  private static final String SUBJECT = "image size";

  public Fit {
    boolean drawable = side >= 0 && side <= LONGEST_SIDE;
    Limits.require(drawable, SUBJECT, "a side from 0 (native) to " + LONGEST_SIDE, side);
    Limits.require(
        channels >= 0 && channels <= 4, SUBJECT, "channels from 0 (native) to 4", channels);
    Limits.require(padding >= 0, SUBJECT, "a padding of 0 or more", padding);
  }

  public Fit(int side, int channels) {
    this(side, channels, 0);
  }

  /**
   * Returns the conversion for images of various sizes.
   *
   * @param side in pixels; 0 is the side of {@link #PHOTO}
   * @param channels 1 to 4; 0 is the channels of {@link #PHOTO}
   */
  public static Fit ofPhotos(int side, int channels) {
    return new Fit(side == 0 ? PHOTO.height() : side, channels == 0 ? PHOTO.channels() : channels);
  }

  /**
   * Returns the geometry of the result of {@link #apply} for a picture of geometry {@code from}.
   */
  public ImageGeometry geometry(ImageGeometry from) {
    return new ImageGeometry(
        side == 0 ? from.height() : side,
        side == 0 ? from.width() : side,
        channels == 0 ? from.channels() : channels);
  }

  public Picture apply(Picture picture) {
    ImageGeometry to = geometry(picture.geometry());
    if (to.equals(picture.geometry())) {
      return picture;
    }
    Picture padded = pads(picture.geometry()) ? pad(picture) : picture;
    return to.equals(padded.geometry()) ? padded : convert(padded, to);
  }

  private Picture convert(Picture picture, ImageGeometry to) {
    float[] ink =
        to.sameSize(picture.geometry())
            ? ChannelConversion.of(picture, to.channels())
            : resize(picture, to.channels());
    return new Picture(to, ChannelConversion.bytes(ink, to.channels()));
  }

  private boolean pads(ImageGeometry from) {
    int smaller = Math.min(from.height(), from.width());
    int larger = Math.max(from.height(), from.width());
    return larger <= side && side - smaller <= padding;
  }

  /**
   * Centres the picture on a square of zeros; an odd pixel of padding goes to the right and bottom.
   */
  private Picture pad(Picture picture) {
    ImageGeometry from = picture.geometry();
    ImageGeometry to = new ImageGeometry(side, side, from.channels());
    int top = (side - from.height()) / 2;
    int left = (side - from.width()) / 2;
    byte[] padded = new byte[to.bytes()];
    int row = from.width() * from.channels();
    for (int y = 0; y < from.height(); y++) {
      int at = ((top + y) * side + left) * from.channels();
      System.arraycopy(picture.pixels(), y * row, padded, at, row);
    }
    return new Picture(to, padded);
  }

  /**
   * {@code (height, width, …)} → {@code (side, side, c)}: columns first, then rows. Converts one
   * row of the input at a time, because a whole photograph as floats would take sixteen bytes per
   * pixel.
   */
  private float[] resize(Picture picture, int c) {
    ImageGeometry from = picture.geometry();
    int square = Math.min(from.height(), from.width());
    int top = (from.height() - square) / 2;
    int left = (from.width() - square) / 2;
    ResizeWeights taps = ResizeWeights.between(square, side);
    float[] narrow = new float[square * side * c]; // (square, side, c)
    for (int y = 0; y < square; y++) {
      float[] row = ChannelConversion.of(picture, (top + y) * from.width() + left, square, c);
      for (int k = 0; k < c; k++) {
        blend(taps, new Line(row, k, c), new Line(narrow, y * side * c + k, c));
      }
    }
    float[] small = new float[side * side * c]; // (side, side, c)
    for (int x = 0; x < side * c; x++) {
      blend(taps, new Line(narrow, x, side * c), new Line(small, x, side * c));
    }
    return small;
  }

  /** Every {@code step}-th value from {@code start}. */
  private record Line(float[] values, int start, int step) {}

  private static void blend(ResizeWeights taps, Line from, Line to) {
    for (int o = 0; o < taps.out(); o++) {
      float[] weights = taps.weights()[o];
      int at = from.start() + taps.first()[o] * from.step();
      float sum = 0;
      for (float weight : weights) {
        sum += weight * from.values()[at];
        at += from.step();
      }
      to.values()[to.start() + o * to.step()] = sum;
    }
  }
}
