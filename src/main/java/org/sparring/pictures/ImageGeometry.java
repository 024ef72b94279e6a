package org.sparring.pictures;

/**
 * The shape of one image: {@code (height, width, channels)}, row-major.
 *
 * @param height rows, 1 or more
 * @param width columns, 1 or more
 * @param channels 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA
 */
public record ImageGeometry(int height, int width, int channels) {
  /** Largest side in pixels, that of a JPEG or GIF file. */
  static final int LONGEST_SIDE = 65_535;

  /** Maximum size of one image in bytes; two such images still fit in a Java array. */
  static final int MOST_BYTES = 1 << 30;

  private static final String SUBJECT = "image geometry";

  public ImageGeometry {
    requireSide("height", height);
    requireSide("width", width);
    Limits.require(channels >= 1 && channels <= 4, SUBJECT, "1 to 4 channels", channels);
    long bytes = (long) height * width * channels;
    Limits.require(bytes <= MOST_BYTES, SUBJECT, "at most " + MOST_BYTES + " bytes", bytes);
  }

  /** Returns the size of one image in bytes. */
  public int bytes() {
    return height * width * channels;
  }

  public boolean sameSize(ImageGeometry other) {
    return height == other.height && width == other.width;
  }

  public ImageGeometry withChannels(int other) {
    return new ImageGeometry(height, width, other);
  }

  @Override
  public String toString() {
    return height + "×" + width + "×" + channels;
  }

  private static void requireSide(String what, int found) {
    boolean holds = found >= 1 && found <= LONGEST_SIDE;
    Limits.require(holds, SUBJECT, "a " + what + " from 1 to " + LONGEST_SIDE, found);
  }
}
