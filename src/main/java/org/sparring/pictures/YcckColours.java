package org.sparring.pictures;

/**
 * Converts the colours of print JPEGs with libjpeg's integer arithmetic. YCCK stores CMY as the
 * YCbCr values of RGB.
 */
final class YcckColours {
  private static final int SHIFT = 16;
  private static final int HALF = 1 << (SHIFT - 1);
  private static final int RED = fixed(1.402);
  private static final int BLUE = fixed(1.772);
  private static final int GREEN_OF_RED = fixed(0.714136286);
  private static final int GREEN_OF_BLUE = fixed(0.344136286);

  private YcckColours() {}

  private static int fixed(double value) {
    return (int) Math.round(value * (1 << SHIFT));
  }

  /**
   * Converts YCCK to CMYK in place.
   *
   * @param pixels (positions, 4)
   */
  static void toCmyk(byte[] pixels) {
    for (int at = 0; at < pixels.length; at += 4) {
      int y = pixels[at] & 0xff;
      int cb = (pixels[at + 1] & 0xff) - 128;
      int cr = (pixels[at + 2] & 0xff) - 128;
      int green = (-GREEN_OF_BLUE * cb - GREEN_OF_RED * cr + HALF) >> SHIFT;
      pixels[at] = inverse(y + ((RED * cr + HALF) >> SHIFT));
      pixels[at + 1] = inverse(y + green);
      pixels[at + 2] = inverse(y + ((BLUE * cb + HALF) >> SHIFT));
    }
  }

  private static byte inverse(int colour) {
    return (byte) (255 - Math.max(0, Math.min(255, colour)));
  }
}
