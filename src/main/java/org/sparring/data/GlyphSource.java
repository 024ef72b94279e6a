package org.sparring.data;

import java.util.Objects;
import org.sparring.pictures.ContentHash;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Limits;

/**
 * Digits 0–9 written by a program: data that needs no download. Image {@code i} is a function of
 * (seed, i, side, channels) alone, the same on every machine. Every ten images in a row hold each
 * digit once, in random order.
 *
 * <p>One channel: white on black. Three channels: a bright random colour on a dark one.
 */
public final class GlyphSource implements ImageSource {
  public static final int SMALLEST_SIDE = 8;
  public static final int LARGEST_SIDE = 256;

  private static final int DIGITS = 10;

  /** Drawn into the content hash, so that a change of the drawing changes the hash. */
  private static final int HASHED_IMAGES = 100;

  private final int size;
  private final ImageGeometry geometry;
  private final long seed;
  private String contentHash;

  /**
   * @param size images, 1 or more
   * @param side pixels, 8–256
   * @param channels 1 or 3
   * @param seed any
   */
  public GlyphSource(int size, int side, int channels, long seed) {
    boolean drawable = side >= SMALLEST_SIDE && side <= LARGEST_SIDE;
    Limits.require(size >= 1, "glyphs", "1 image or more", size);
    Limits.require(
        drawable, "glyphs", "a side from " + SMALLEST_SIDE + " to " + LARGEST_SIDE, side);
    Limits.require(channels == 1 || channels == 3, "glyphs", "1 or 3 channels", channels);
    this.size = size;
    this.geometry = new ImageGeometry(side, side, channels);
    this.seed = seed;
  }

  @Override
  public String name() {
    return "glyphs";
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public ImageGeometry geometry() {
    return geometry;
  }

  @Override
  public int label(int index) {
    Objects.checkIndex(index, size);
    // odd streams order the labels, even ones draw the images
    return new Draws(seed, 2L * (index / DIGITS) + 1).permutation(DIGITS)[index % DIGITS];
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    checkRead(index, into, offset);
    Draws draws = new Draws(seed, 2L * index);
    int digit = label(index);
    double[][] shape = GlyphShapes.strokes(digit, draws.below(GlyphShapes.variants(digit)));
    GlyphStyle style = new GlyphStyle(draws);
    GlyphPen pen = new GlyphPen(geometry.height(), style);
    for (double[] stroke : style.write(shape)) {
      pen.draw(stroke);
    }
    if (geometry.channels() == 1) {
      paint(pen, new float[] {0}, new float[] {255}, into, offset);
    } else {
      float[] paper = colour(draws, draws.between(0.3, 0.9), draws.between(0, 0.16));
      float[] ink = colour(draws, draws.between(0.2, 0.8), draws.between(0.85, 1));
      paint(pen, paper, ink, into, offset);
    }
  }

  /**
   * Hashes the recipe (geometry, size, seed) and the first 100 images, not all of them: they follow
   * from it.
   */
  @Override
  public synchronized String contentHash() {
    if (contentHash == null) {
      ContentHash hash = new ContentHash().text(name()).geometry(geometry).number(size);
      hash.number(seed);
      byte[] image = new byte[geometry.bytes()];
      for (int i = 0; i < Math.min(size, HASHED_IMAGES); i++) {
        read(i, image, 0);
        hash.bytes(image).number(label(i));
      }
      contentHash = hash.hex();
    }
    return contentHash;
  }

  private void paint(GlyphPen pen, float[] paper, float[] ink, byte[] into, int offset) {
    int channels = paper.length;
    int positions = geometry.height() * geometry.width();
    for (int p = 0; p < positions; p++) {
      float share = pen.ink(p);
      for (int c = 0; c < channels; c++) {
        float value = paper[c] + share * (ink[c] - paper[c]);
        into[offset + p * channels + c] = (byte) Math.round(value);
      }
    }
  }

  /** RGB (0–255) of a random hue with this saturation and value. */
  private static float[] colour(Draws draws, double saturation, double value) {
    double hue = draws.between(0, 6);
    float[] rgb = new float[3];
    for (int c = 0; c < 3; c++) {
      // each primary is full within 1 of its hue (0, 2, 4 of 6), and fades to none at 2
      double away = Math.abs((hue - 2 * c + 9) % 6 - 3);
      double full = Math.max(0, Math.min(1, 2 - away));
      rgb[c] = (float) (255 * value * (1 - saturation * (1 - full)));
    }
    return rgb;
  }
}
