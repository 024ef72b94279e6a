package org.sparring.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.Messages.assertRefused;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class GlyphSourceTest extends ImageSourceContract {
  @Override
  public ImageSource open() {
    return new GlyphSource(23, 17, 3, 4);
  }

  @Test
  void drawsTheSameImagesOnEveryMachine() {
    assertEquals("2ecdbb8e", crc(new GlyphSource(100, 32, 1, 1)));
    assertEquals("a8c48523", crc(new GlyphSource(20, 9, 3, -5)));
  }

  @Test
  void anImageDoesNotDependOnHowManyThereAre() {
    byte[] few = new GlyphSource(7, 16, 1, 3).pixels();
    byte[] many = new GlyphSource(40, 16, 1, 3).pixels();
    assertArrayEquals(few, Arrays.copyOf(many, few.length));
  }

  @Test
  void seedsDrawDifferently() {
    assertFalse(
        Arrays.equals(
            new GlyphSource(5, 16, 1, 3).pixels(), new GlyphSource(5, 16, 1, 4).pixels()));
    assertNotEquals(
        new GlyphSource(5, 16, 1, 3).contentHash(), new GlyphSource(5, 16, 1, 4).contentHash());
    assertNotEquals(
        new GlyphSource(500, 16, 1, 3).contentHash(), new GlyphSource(501, 16, 1, 3).contentHash());
  }

  @Test
  void everyTenImagesHoldEachDigitOnce() {
    GlyphSource source = new GlyphSource(200, 8, 1, 9);
    for (int block = 0; block < 20; block++) {
      int from = block * 10;
      assertEquals(10, IntStream.range(from, from + 10).map(source::label).distinct().count());
    }
    int[] first = IntStream.range(0, 10).map(source::label).toArray();
    int[] second = IntStream.range(10, 20).map(source::label).toArray();
    assertFalse(Arrays.equals(first, second), "blocks in the same order");
  }

  @Test
  void inkIsOnTheImageAndNotAtItsBorder() {
    int[] sides = {8, 13, 28, 32, 64, 256};
    for (int side : sides) {
      GlyphSource source = new GlyphSource(40, side, 1, 2);
      byte[] image = new byte[side * side];
      for (int i = 0; i < source.size(); i++) {
        source.read(i, image, 0);
        double share =
            IntStream.range(0, image.length).mapToDouble(p -> image[p] & 0xff).average().orElse(0)
                / 255;
        assertTrue(share > 0.04 && share < 0.35, "ink share " + share + " at side " + side);
        int brightest = IntStream.range(0, image.length).map(p -> image[p] & 0xff).max().orElse(0);
        assertTrue(brightest >= 200, "brightest " + brightest + " at side " + side);
        if (side >= 28) {
          assertTrue(borderInk(image, side) == 0, "ink at the border of image " + i);
        }
      }
    }
  }

  @Test
  void colouredInkIsBrighterThanItsPaper() {
    GlyphSource source = new GlyphSource(50, 24, 3, 6);
    byte[] image = new byte[24 * 24 * 3];
    for (int i = 0; i < source.size(); i++) {
      source.read(i, image, 0);
      int most = IntStream.range(0, image.length).map(p -> image[p] & 0xff).max().orElse(0);
      assertTrue(most >= 210, "brightest primary " + most);
      assertTrue((image[0] & 0xff) <= 41 && (image[1] & 0xff) <= 41 && (image[2] & 0xff) <= 41);
    }
  }

  /** Not a check: a sheet to look at, {@code target/glyphs.png}. */
  @Test
  void rendersASheetToLookAt() throws IOException {
    int side = 32;
    GlyphSource source = new GlyphSource(100, side, 1, 1);
    byte[] pixels = source.pixels();
    BufferedImage sheet = new BufferedImage(320, 320, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 100; i++) {
      for (int p = 0; p < side * side; p++) {
        int grey = (pixels[i * side * side + p] & 0xff) * 0x010101;
        sheet.setRGB(source.label(i) * side + p % side, i / 10 * side + p / side, grey);
      }
    }
    Path file = Path.of("target", "glyphs.png");
    Files.createDirectories(file.getParent());
    assertTrue(ImageIO.write(sheet, "png", file.toFile()));
  }

  @Test
  void refusesWhatItCannotDraw() {
    assertRefused(() -> new GlyphSource(0, 32, 1, 0), "glyphs", "1 image or more", "found 0");
    assertRefused(() -> new GlyphSource(1, 7, 1, 0), "a side from 8 to 256", "found 7");
    assertRefused(() -> new GlyphSource(1, 257, 1, 0), "a side from 8 to 256", "found 257");
    assertRefused(() -> new GlyphSource(1, 32, 4, 0), "1 or 3 channels", "found 4");
  }

  @Test
  void pixelsBeyondOneArrayAreRefusedBeforeTheyAreDrawn() {
    GlyphSource source = new GlyphSource(50_000, 256, 1, 0);
    assertRefused(
        source::pixels, "at most 2147483639 bytes", "found 3276800000 bytes", "Stream the images");
  }

  private static int borderInk(byte[] image, int side) {
    int ink = 0;
    for (int i = 0; i < side; i++) {
      ink += image[i] + image[i * side] + image[(side - 1) * side + i] + image[i * side + side - 1];
    }
    return ink;
  }

  private static String crc(ImageSource source) {
    CRC32 crc = new CRC32();
    crc.update(source.pixels());
    return Long.toHexString(crc.getValue());
  }
}
