package org.sparring.pictures;

/**
 * Converts between channels, from bytes to floats (0–255) and back. If alpha is kept, the floats
 * are premultiplied by alpha, so that averaging does not mix in the colour of transparent pixels.
 * If alpha is dropped, the picture is composited over white.
 */
final class ChannelConversion {
  private static final float RED = 0.299f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  private ChannelConversion() {}

  /**
   * Returns the picture as floats, {@code (positions, channels)}, premultiplied by alpha if {@code
   * channels} is 2 or 4.
   */
  static float[] of(Picture picture, int channels) {
    int positions = picture.pixels().length / picture.geometry().channels();
    return of(picture, 0, positions, channels);
  }

  /** Converts {@code positions} pixels from the pixel {@code first}, counted row by row. */
  static float[] of(Picture picture, int first, int positions, int channels) {
    int from = picture.geometry().channels();
    float[] ink = new float[positions * channels];
    float[] rgba = new float[4];
    for (int p = 0; p < positions; p++) {
      rgba(picture.pixels(), (first + p) * from, from, rgba);
      put(rgba, ink, p * channels, channels);
    }
    return ink;
  }

  /** Rounds to bytes, after dividing colours by alpha. */
  static byte[] bytes(float[] ink, int channels) {
    byte[] bytes = new byte[ink.length];
    boolean alpha = channels % 2 == 0;
    for (int i = 0; i < ink.length; i++) {
      int alphaAt = i - i % channels + channels - 1;
      bytes[i] = alpha && i != alphaAt ? divided(ink[i], ink[alphaAt]) : rounded(ink[i]);
    }
    return bytes;
  }

  private static void rgba(byte[] pixels, int at, int channels, float[] rgba) {
    boolean grey = channels <= 2;
    for (int c = 0; c < 3; c++) {
      rgba[c] = pixels[grey ? at : at + c] & 0xff;
    }
    rgba[3] = channels % 2 == 0 ? pixels[at + channels - 1] & 0xff : 255;
  }

  private static void put(float[] rgba, float[] ink, int at, int channels) {
    float alpha = rgba[3];
    // over white: colour·α + 255·(1 − α); premultiplied: colour·α
    float paper = channels % 2 == 0 ? 0 : 255 - alpha;
    for (int c = 0; c < 3; c++) {
      rgba[c] = rgba[c] * alpha / 255 + paper;
    }
    if (channels <= 2) {
      ink[at] = RED * rgba[0] + GREEN * rgba[1] + BLUE * rgba[2];
    } else {
      System.arraycopy(rgba, 0, ink, at, 3);
    }
    if (channels % 2 == 0) {
      ink[at + channels - 1] = alpha;
    }
  }

  private static byte divided(float colour, float alpha) {
    return alpha == 0 ? 0 : rounded(colour * 255 / alpha);
  }

  private static byte rounded(float value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }
}
