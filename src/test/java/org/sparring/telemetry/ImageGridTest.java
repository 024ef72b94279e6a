package org.sparring.telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.TelemetryException;

class ImageGridTest {
  private static final int GREY = 72;

  @Test
  void valuesFromMinusOneToOneFillTheByteAndOthersAreClamped() {
    assertEquals(0, ImageGrid.toByte(-1));
    assertEquals(128, ImageGrid.toByte(0));
    assertEquals(255, ImageGrid.toByte(1));
    assertEquals(0, ImageGrid.toByte(-7));
    assertEquals(255, ImageGrid.toByte(Float.POSITIVE_INFINITY));
    assertEquals(0, ImageGrid.toByte(Float.NaN));
  }

  @Test
  void imagesStandRowByRowBetweenSeparatorsAndTheLastRowMayBePartial() {
    // three images of one pixel each: black, mid, white; two columns
    BufferedImage grid = new ImageGrid(1, 1, 1, 2, 1).draw(new float[] {-1, 0, 1}, 3);
    assertEquals(8, grid.getWidth());
    assertEquals(8, grid.getHeight());
    assertArrayEquals(new int[] {0}, pixel(grid, 2, 2));
    assertArrayEquals(new int[] {128}, pixel(grid, 5, 2));
    assertArrayEquals(new int[] {255}, pixel(grid, 2, 5));
    assertArrayEquals(new int[] {GREY}, pixel(grid, 5, 5));
    assertArrayEquals(new int[] {GREY}, pixel(grid, 4, 2));
  }

  @Test
  void rowsAndColumnsOfAnImageThatIsNotSquareKeepTheirPlaces() {
    // (height 2, width 3): only the pixel in row 1, column 2 is white
    float[] image = {-1, -1, -1, -1, -1, 1};
    BufferedImage grid = new ImageGrid(2, 3, 1, 1, 2).draw(image, 1);
    assertEquals(2 + 6 + 2, grid.getWidth());
    assertEquals(2 + 4 + 2, grid.getHeight());
    assertArrayEquals(new int[] {255}, pixel(grid, 2 + 4, 2 + 2));
    assertArrayEquals(new int[] {255}, pixel(grid, 2 + 5, 2 + 3));
    assertArrayEquals(new int[] {0}, pixel(grid, 2 + 3, 2 + 3));
    assertArrayEquals(new int[] {0}, pixel(grid, 2 + 5, 2 + 1));
  }

  @Test
  void channelsAreGreyThenGreyAndAlphaThenColourThenColourAndAlpha() {
    assertArrayEquals(new int[] {255}, pixel(one(1), 2, 2));
    assertArrayEquals(new int[] {255, 255, 255, 0}, pixel(one(1, -1), 2, 2));
    assertArrayEquals(new int[] {255, 0, 128}, pixel(one(1, -1, 0), 2, 2));
    assertArrayEquals(new int[] {255, 0, 128, 0}, pixel(one(1, -1, 0, -1), 2, 2));
    assertArrayEquals(new int[] {GREY, GREY, GREY, 255}, pixel(one(1, -1, 0, -1), 0, 0));
  }

  @Test
  void smallImagesAreEnlargedUntilTheyAreLegible() {
    assertEquals(3, ImageGrid.legibleScale(28, 28));
    assertEquals(2, ImageGrid.legibleScale(32, 32));
    assertEquals(1, ImageGrid.legibleScale(64, 64));
    assertEquals(1, ImageGrid.legibleScale(256, 256));
    assertEquals(2 + 84 + 2, ImageGrid.of(new float[784], 1, 28, 28, 1, 8).getWidth());
  }

  @Test
  void aPngComesBackWithTheSameBytes(@TempDir Path folder) throws IOException {
    BufferedImage grid = new ImageGrid(1, 1, 1, 3, 1).draw(new float[] {-0.5f, 0, 0.5f}, 3);
    Path file = folder.resolve("samples/step-1.png");
    ImageGrid.write(grid, file);
    BufferedImage back = ImageIO.read(new ByteArrayInputStream(Files.readAllBytes(file)));
    for (int x = 0; x < grid.getWidth(); x++) {
      assertArrayEquals(pixel(grid, x, 2), pixel(back, x, 2), "column " + x);
    }
  }

  @Test
  void anArrayOfAnotherLengthIsRefused() {
    assertRefused(
        "2 images of 4x4x3 are 96 values, found 95.",
        () -> ImageGrid.of(new float[95], 2, 4, 4, 3, 2));
  }

  @Test
  void shapesThatMakeNoGridAreRefused() {
    float[] one = {0};
    assertRefused(
        "An image has 1, 2, 3 or 4 channels, found 5.", () -> ImageGrid.of(one, 1, 1, 1, 5, 1));
    assertRefused(
        "A grid must have at least 1 column, found 0.", () -> ImageGrid.of(one, 1, 1, 1, 1, 0));
    assertRefused(
        "A grid must have at least 1 image, found 0.", () -> ImageGrid.of(one, 0, 1, 1, 1, 1));
    assertRefused(
        "An image's height must be at least 1, found 0.", () -> ImageGrid.of(one, 1, 0, 1, 1, 1));
    assertRefused(
        "A grid's side must be at most 32767 pixels, found 40004.",
        () -> new ImageGrid(1, 1, 1, 1, 40000).draw(one, 1));
  }

  private static BufferedImage one(float... pixel) {
    return new ImageGrid(1, 1, pixel.length, 1, 1).draw(pixel, 1);
  }

  private static int[] pixel(BufferedImage image, int x, int y) {
    return image.getRaster().getPixel(x, y, (int[]) null);
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(TelemetryException.class, call::run).getMessage());
  }
}
