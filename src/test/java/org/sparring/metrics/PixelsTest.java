package org.sparring.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.sparring.errors.MetricsException;

/**
 * Metrics of two images. The goldens of {@link #wavy} and {@link #disturbed} were computed with
 * numpy 2.4 and scikit-image 0.26: structural_similarity(gaussian_weights=True, sigma=1.5,
 * use_sample_covariance=False, data_range=255, full=True), cropped by 5, mean over positions and
 * channels.
 */
class PixelsTest {
  private static final double TOLERANCE = 1e-4;

  @Test
  void wordsOfTheJavadocHold() {
    Pixels found = new Pixels(1, 2, 1, new float[] {0, 51});
    Pixels truth = new Pixels(1, 2, 1, new float[] {0, 0});
    assertEquals(25.5, SignalToNoise.meanAbsolute(found, truth), 1e-9);
    assertEquals(1300.5, SignalToNoise.meanSquare(found, truth), 1e-9);
    assertEquals(16.9897, SignalToNoise.decibels(found, truth), TOLERANCE);
    assertEquals(Double.POSITIVE_INFINITY, SignalToNoise.decibels(truth, truth));
    float[] red = new Pixels(1, 1, 3, new float[] {255, 0, 0}).luma().values();
    assertArrayEquals(new float[] {81.481f}, red, 1e-4f);
    assertEquals(.983611, StructuralSimilarity.of(constant(100), constant(120)), 1e-6);
  }

  @Test
  void blackAndWhiteHaveTheBrightnessOfStudioRange() {
    assertEquals(16, new Pixels(1, 1, 1, new float[] {0}).luma().values()[0], 1e-4);
    Pixels white = new Pixels(1, 1, 3, new float[] {255, 255, 255});
    assertEquals(235, white.luma().values()[0], 1e-4);
  }

  @Test
  void coloursEqualScikitImage() {
    Pixels truth = wavy(32, 24, 3);
    Pixels found = disturbed(32, 24, 3);
    assertEquals(26.8536687, SignalToNoise.decibels(found, truth), TOLERANCE);
    assertEquals(9.9448785, SignalToNoise.meanAbsolute(found, truth), TOLERANCE);
    assertEquals(0.9626341, StructuralSimilarity.of(found, truth), TOLERANCE);
    assertEquals(1, StructuralSimilarity.of(truth, truth), 1e-12);
  }

  @Test
  void brightnessWithoutABorderOfFourEqualsScikitImage() {
    Pixels truth = wavy(32, 24, 3).luma().cropped(4);
    Pixels found = disturbed(32, 24, 3).luma().cropped(4);
    assertEquals(28.6461769, SignalToNoise.decibels(found, truth), TOLERANCE);
    assertEquals(0.9554477, StructuralSimilarity.of(found, truth), TOLERANCE);
  }

  @Test
  void croppingKeepsTheMiddle() {
    Pixels cropped = Pixels.of(4, 5, 1, new byte[20]).cropped(1);
    assertEquals("2×3×1", cropped.toString());
    Pixels image = new Pixels(3, 3, 2, floats(18));
    assertArrayEquals(new float[] {8, 9}, image.cropped(1).values());
  }

  @Test
  void imagesThatCannotBeComparedAreRefused() {
    refused("3×4×1 and 4×3×1", () -> SignalToNoise.decibels(grey(3, 4), grey(4, 3)));
    refused("at least 11×11", () -> StructuralSimilarity.of(grey(11, 10), grey(11, 10)));
    refused("found 2", () -> grey(4, 9).cropped(2));
    refused("1 or 3 channels", () -> new Pixels(1, 1, 4, new float[4]).luma());
    refused("as many values", () -> new Pixels(2, 2, 1, new float[3]));
  }

  private static void refused(String part, Runnable call) {
    var e = assertThrows(MetricsException.class, call::run);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private static Pixels grey(int height, int width) {
    return new Pixels(height, width, 1, new float[height * width]);
  }

  private static Pixels constant(float value) {
    Pixels image = grey(11, 13);
    java.util.Arrays.fill(image.values(), value);
    return image;
  }

  private static float[] floats(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i;
    }
    return values;
  }

  /** (7y + 13x + 29c + 5·(xy mod 17)) mod 256. */
  private static Pixels wavy(int height, int width, int channels) {
    Pixels image = new Pixels(height, width, channels, new float[height * width * channels]);
    for (int i = 0; i < image.values().length; i++) {
      int c = i % channels;
      int x = i / channels % width;
      int y = i / channels / width;
      image.values()[i] = (7 * y + 13 * x + 29 * c + x * y % 17 * 5) % 256;
    }
    return image;
  }

  /** The wavy image plus (31x + 17y + c) mod 41 − 20, clipped. */
  private static Pixels disturbed(int height, int width, int channels) {
    Pixels image = wavy(height, width, channels);
    for (int i = 0; i < image.values().length; i++) {
      int x = i / channels % width;
      int y = i / channels / width;
      float value = image.values()[i] + (31 * x + 17 * y + i % channels) % 41 - 20;
      image.values()[i] = Math.max(0, Math.min(255, value));
    }
    return image;
  }
}
