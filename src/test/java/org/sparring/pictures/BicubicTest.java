package org.sparring.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sparring.errors.Messages.assertRefused;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The goldens are those of MATLAB's imresize.m (contributions), computed with numpy. */
class BicubicTest {
  @Test
  void fourTimesSmallerHasTheWeightsOfMatlab() {
    float[] first = {
      0.27929688f, 0.26367188f, 0.22900391f, 0.16357422f,
      0.08642578f, 0.02099609f, -0.01367188f, -0.02929688f
    };
    float[][] weights = Bicubic.weights(8, 2);
    assertArrayEquals(first, weights[0], 1e-7f);
    for (int i = 0; i < 8; i++) {
      assertEquals(first[7 - i], weights[1][i], 1e-7f);
    }
  }

  @Test
  void twiceAsLargeHasTheWeightsOfMatlab() {
    float[][] expected = {
      {1.09375f, -0.09375f, 0},
      {0.796875f, 0.2265625f, -0.0234375f},
      {0.203125f, 0.8671875f, -0.0703125f},
      {-0.0703125f, 0.8671875f, 0.203125f},
      {-0.0234375f, 0.2265625f, 0.796875f},
      {0, -0.09375f, 1.09375f}
    };
    float[][] weights = Bicubic.weights(3, 6);
    for (int o = 0; o < 6; o++) {
      assertArrayEquals(expected[o], weights[o], 1e-7f);
    }
  }

  @Test
  void sizesThatDoNotDivideHaveTheWeightsOfMatlab() {
    float[][] weights = Bicubic.weights(5, 3);
    assertArrayEquals(
        new float[] {0.65217391f, 0.37681159f, 0, -0.02898551f, 0}, weights[0], 1e-7f);
    float[] middle = {-0.04739336f, 0.25118483f, 0.59241706f, 0.25118483f, -0.04739336f};
    assertArrayEquals(middle, weights[1], 1e-7f);
  }

  @Test
  void weightsOfAnySizesSumToOne() {
    for (int[] sizes : new int[][] {{1, 1}, {1, 9}, {2, 7}, {17, 3}, {64, 16}, {5, 5}, {7, 1}}) {
      for (float[] row : Bicubic.weights(sizes[0], sizes[1])) {
        double sum = 0;
        for (float weight : row) {
          sum += weight;
        }
        assertEquals(1, sum, 1e-6, sizes[0] + " to " + sizes[1]);
      }
    }
  }

  @Test
  void resizesByTheProductOfBothMatrices() {
    int[][] sizes = {{12, 8, 3, 2}, {5, 7, 20, 28}, {9, 4, 6, 11}};
    for (int[] s : sizes) {
      for (int channels : new int[] {1, 3}) {
        Picture picture = random(s[0], s[1], channels);
        Picture found = Bicubic.resize(picture, s[2], s[3]);
        assertEquals(new ImageGeometry(s[2], s[3], channels), found.geometry());
        byte[] expected = naive(picture, s[2], s[3]);
        for (int i = 0; i < expected.length; i++) {
          assertEquals(expected[i] & 0xff, found.pixels()[i] & 0xff, 1);
        }
      }
    }
  }

  @Test
  void hiddenColoursDoNotMix() {
    // red and opaque beside green and transparent: what is visible stays red
    byte[] pixels = {(byte) 200, 0, 0, (byte) 255, 0, (byte) 200, 0, 0};
    Picture wide = Bicubic.resize(new Picture(new ImageGeometry(1, 2, 4), pixels), 1, 8);
    for (int x = 0; x < 8; x++) {
      if (wide.pixels()[x * 4 + 3] != 0) {
        assertEquals(200, wide.pixels()[x * 4] & 0xff);
        assertEquals(0, wide.pixels()[x * 4 + 1]);
      }
    }
    assertEquals(255, wide.pixels()[3] & 0xff);
  }

  @Test
  void sizesBelowOneAreRefused() {
    assertRefused(() -> Bicubic.weights(0, 3), "bicubic", "sizes of 1 or more", "0 to 3");
  }

  private static byte[] naive(Picture picture, int height, int width) {
    ImageGeometry g = picture.geometry();
    float[][] down = Bicubic.weights(g.height(), height);
    float[][] across = Bicubic.weights(g.width(), width);
    int c = g.channels();
    byte[] out = new byte[height * width * c];
    for (int i = 0; i < out.length; i++) {
      double sum = 0;
      for (int y = 0; y < g.height(); y++) {
        for (int x = 0; x < g.width(); x++) {
          int value = picture.pixels()[(y * g.width() + x) * c + i % c] & 0xff;
          sum += (double) down[i / c / width][y] * across[i / c % width][x] * value;
        }
      }
      out[i] = (byte) Math.max(0, Math.min(255, Math.round(sum)));
    }
    return out;
  }

  private static Picture random(int height, int width, int channels) {
    byte[] pixels = new byte[height * width * channels];
    new Random(7).nextBytes(pixels);
    return new Picture(new ImageGeometry(height, width, channels), pixels);
  }
}
