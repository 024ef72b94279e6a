package org.sparring.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.sparring.errors.Messages.assertRefused;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FitTest {
  @Test
  void leavesAPictureThatAlreadyFits() {
    Picture picture = random(5, 3, 3, 1);
    assertSame(picture, new Fit(0, 0).apply(picture));
    assertSame(picture, new Fit(0, 3).apply(picture));
  }

  @Test
  void halvingAveragesFourPixels() {
    // (10 + 20 + 30 + 41) / 4 = 25.25
    Picture picture = picture(2, 2, 1, 10, 20, 30, 41);
    assertArrayEquals(bytes(25), new Fit(1, 1).apply(picture).pixels());
  }

  @Test
  void threeToTwoSharesTheMiddlePixel() {
    // per axis output 0 = 2/3 of input 0 + 1/3 of input 1: rows alike, so 2/3·0 + 1/3·90 = 30
    Picture picture = picture(3, 3, 1, 0, 90, 240, 0, 90, 240, 0, 90, 240);
    assertArrayEquals(bytes(30, 190, 30, 190), new Fit(2, 1).apply(picture).pixels());
  }

  @Test
  void shrinkingIsTheNaiveAreaAverage() {
    int[][] sides = {{7, 7, 3}, {9, 5, 2}, {4, 11, 3}, {16, 16, 5}, {72, 72, 32}, {5, 5, 1}};
    for (int[] s : sides) {
      for (int channels : new int[] {1, 3}) {
        Picture picture = random(s[0], s[1], channels, 7);
        byte[] found = new Fit(s[2], 0).apply(picture).pixels();
        assertClose(NaiveResize.area(picture, s[2]), found, 1);
      }
    }
  }

  @Test
  void enlargingIsTheNaiveBilinear() {
    int[][] sides = {{1, 1, 4}, {2, 2, 5}, {7, 4, 9}, {3, 8, 64}};
    for (int[] s : sides) {
      Picture picture = random(s[0], s[1], 3, 8);
      byte[] found = new Fit(s[2], 0).apply(picture).pixels();
      assertClose(NaiveResize.bilinear(picture, s[2]), found, 1);
    }
  }

  @Test
  void cropsTheCentreOfWideAndTallPictures() {
    Picture wide = picture(1, 4, 1, 1, 2, 3, 4); // an odd pixel less on the left
    assertArrayEquals(bytes(2), new Fit(1, 1).apply(wide).pixels());
    Picture tall = picture(5, 1, 1, 1, 2, 3, 4, 5);
    assertArrayEquals(bytes(3), new Fit(1, 1).apply(tall).pixels());
  }

  @Test
  void oneByOneBecomesAnySize() {
    byte[] enlarged = new Fit(3, 1).apply(picture(1, 1, 1, 200)).pixels();
    assertArrayEquals(bytes(200, 200, 200, 200, 200, 200, 200, 200, 200), enlarged);
  }

  @Test
  void padsInsteadOfEnlargingWithinTheLimit() {
    Picture picture = picture(1, 2, 1, 8, 9);
    // one row above and one below for 3 − 1 = 2; 3 − 2 = 1 column, on the right
    byte[] padded = new Fit(3, 1, 2).apply(picture).pixels();
    assertArrayEquals(bytes(0, 0, 0, 8, 9, 0, 0, 0, 0), padded);
  }

  @Test
  void enlargesBeyondThePaddingLimit() {
    byte[] enlarged = new Fit(3, 1, 1).apply(picture(1, 1, 1, 50)).pixels();
    assertArrayEquals(bytes(50, 50, 50, 50, 50, 50, 50, 50, 50), enlarged);
  }

  @Test
  void greyToColourReplicates() {
    assertArrayEquals(bytes(7, 7, 7), new Fit(0, 3).apply(picture(1, 1, 1, 7)).pixels());
    assertArrayEquals(bytes(7, 7, 7, 255), new Fit(0, 4).apply(picture(1, 1, 1, 7)).pixels());
  }

  @Test
  void everyGreySurvivesTheWayThroughColour() {
    for (int v = 0; v < 256; v++) {
      Picture colour = new Fit(0, 3).apply(picture(1, 1, 1, v));
      assertArrayEquals(bytes(v), new Fit(0, 1).apply(colour).pixels());
    }
  }

  @Test
  void colourToGreyIsRec601Luma() {
    // .299 · 255 = 76.2, .587 · 255 = 149.7, .114 · 255 = 29.1
    Picture picture = picture(1, 3, 3, 255, 0, 0, 0, 255, 0, 0, 0, 255);
    assertArrayEquals(bytes(76, 150, 29), new Fit(0, 1).apply(picture).pixels());
    assertArrayEquals(bytes(76, 255, 150, 255, 29, 255), new Fit(0, 2).apply(picture).pixels());
  }

  @Test
  void alphaIsLaidOverWhiteWhereItIsDropped() {
    // α = 51/255 = 0.2: 100 · 0.2 + 255 · 0.8 = 224
    Picture picture = picture(1, 2, 4, 100, 100, 100, 51, 9, 9, 9, 0);
    assertArrayEquals(bytes(224, 224, 224, 255, 255, 255), new Fit(0, 3).apply(picture).pixels());
    assertArrayEquals(bytes(224, 255), new Fit(0, 1).apply(picture).pixels());
    assertArrayEquals(bytes(224), new Fit(0, 1).apply(picture(1, 1, 2, 100, 51)).pixels());
  }

  @Test
  void aTransparentPixelsColourDoesNotBleed() {
    // half opaque red, half transparent green: red at half alpha, not brown
    Picture picture = picture(2, 2, 4, 255, 0, 0, 255, 0, 255, 0, 0, 255, 0, 0, 255, 0, 255, 0, 0);
    assertArrayEquals(bytes(255, 0, 0, 128), new Fit(1, 4).apply(picture).pixels());
    assertArrayEquals(bytes(255, 128, 128), new Fit(1, 3).apply(picture).pixels());
  }

  @Test
  void refusesSizesOutOfRange() {
    assertRefused(() -> new Fit(-1, 3), "image size", "0 (native) to 16384", "found -1");
    assertRefused(() -> new Fit(8, 5), "channels from 0 (native) to 4", "found 5");
    assertRefused(() -> new Fit(8, 1, -2), "a padding of 0 or more", "found -2");
  }

  @Test
  void aGeometryRefusesSidesAndChannelsOutOfRange() {
    assertRefused(() -> new ImageGeometry(0, 1, 1), "a height from 1 to 65535", "found 0");
    assertRefused(() -> new ImageGeometry(1, 70_000, 1), "a width from 1", "found 70000");
    assertRefused(() -> new ImageGeometry(60_000, 60_000, 1), "at most 1073741824 bytes");
    assertRefused(() -> new ImageGeometry(1, 1, 5), "1 to 4 channels", "found 5");
    assertEquals(24, new ImageGeometry(4, 2, 3).bytes());
  }

  @Test
  void aPictureRefusesPixelsOfAnotherGeometry() {
    assertRefused(
        () -> new Picture(new ImageGeometry(2, 2, 1), new byte[3]), "4 bytes", "found 3 bytes");
  }

  private static Picture random(int height, int width, int channels, long seed) {
    byte[] pixels = new byte[height * width * channels];
    new Random(seed).nextBytes(pixels);
    return new Picture(new ImageGeometry(height, width, channels), pixels);
  }

  private static Picture picture(int height, int width, int channels, int... values) {
    return new Picture(new ImageGeometry(height, width, channels), bytes(values));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static void assertClose(double[] expected, byte[] found, double tolerance) {
    assertEquals(expected.length, found.length);
    for (int i = 0; i < found.length; i++) {
      assertEquals(expected[i], found[i] & 0xff, tolerance * 0.502, "value " + i);
    }
  }
}
