package org.sparring.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sparring.errors.Messages.assertRefused;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Formats other than PNG and JPEG, and properties that all formats share. The files of 16×12 pixels
 * hold red 16x, green 20y, blue 8(x + y), and alpha 255 − 15x where there is one.
 */
class ImageFormatsTest {
  private static final int HEIGHT = 12;
  private static final int WIDTH = 16;

  @ParameterizedTest
  @CsvSource({
    "lossless-16x12.webp, 0",
    "alpha-lossless-16x12.webp, 0",
    "plain-16x12.bmp, 0",
    "jpeg-in-tiff-16x12.tif, 40",
    "progressive-16x12.jpg, 40",
    "alpha-lossy-16x12.webp, 40"
  })
  void valuesAreThoseThatWereStored(String name, int tolerance) {
    assertSame(ImageFiles.decode(name), tolerance);
  }

  private static void assertSame(Picture picture, int tolerance) {
    int c = picture.geometry().channels();
    assertEquals(new ImageGeometry(HEIGHT, WIDTH, c), picture.geometry());
    for (int p = 0; p < HEIGHT * WIDTH; p++) {
      int x = p % WIDTH;
      int y = p / WIDTH;
      int[] expected = {16 * x, 20 * y, 8 * (x + y), 255 - 15 * x};
      for (int k = 0; k < c; k++) {
        assertEquals(expected[k], picture.pixels()[p * c + k] & 0xff, tolerance, p + "/" + k);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "orientation-6-16x12.png",
        "orientation-6-16x12.webp",
        "lzw-orientation-6-16x12.tif"
      })
  void theOrientationOfTheCameraIsUndoneUnlessItIsNotWanted(String name) {
    byte[] encoded = ImageFiles.read(name);
    assertEquals(6, ImageDecoder.orientation(encoded));
    assertSame(ImageDecoder.decode(name, encoded, false), 0);
    Picture upright = ImageDecoder.decode(name, encoded, true);
    assertEquals(new ImageGeometry(16, 12, 3), upright.geometry());
    // turned by 90° clockwise: the upper left corner shows the stored lower left
    assertEquals(20 * (HEIGHT - 1), upright.pixels()[1] & 0xff);
    assertEquals(0, upright.pixels()[0]);
  }

  @Test
  void aPhotographIsTurnedToo() {
    byte[] encoded = ImageFiles.read("jpeg-exif-orientation-6.jpg");
    Picture stored = ImageDecoder.decode("a.jpg", encoded, false);
    Picture upright = ImageDecoder.decode("a.jpg", encoded, true);
    assertEquals(new ImageGeometry(90, 120, 3), stored.geometry());
    assertEquals(new ImageGeometry(120, 90, 3), upright.geometry());
    assertArrayEquals(Orientation.upright(stored, 6).pixels(), upright.pixels());
  }

  /** The letters of a 2×3 picture, as EXIF 2.32 draws its eight orientations. */
  @ParameterizedTest
  @CsvSource({
    "1, abc def, 3",
    "2, cba fed, 3",
    "3, fed cba, 3",
    "4, def abc, 3",
    "5, ad be cf, 2",
    "6, da eb fc, 2",
    "7, fc eb da, 2",
    "8, cf be ad, 2"
  })
  void orientationsAreUndone(int orientation, String shown, int width) {
    Picture stored =
        new Picture(new ImageGeometry(2, 3, 1), new byte[] {'a', 'b', 'c', 'd', 'e', 'f'});
    Picture upright = Orientation.upright(stored, orientation);
    assertEquals(
        shown.replace(" ", ""),
        new String(upright.pixels(), java.nio.charset.StandardCharsets.US_ASCII));
    assertEquals(width, upright.geometry().width());
  }

  @Test
  void ofAnAnimationTheFirstFrameIsRead() {
    Picture webp = ImageFiles.decode("animated-16x12.webp");
    assertArrayEquals(new byte[] {(byte) 200, 100, 50}, java.util.Arrays.copyOf(webp.pixels(), 3));
    Picture gif = ImageFiles.decode("animated-16x12.gif");
    assertEquals(new ImageGeometry(HEIGHT, WIDTH, 3), gif.geometry());
    assertArrayEquals(new byte[3], java.util.Arrays.copyOf(gif.pixels(), 3));
  }

  /** A first frame that covers a part of the canvas only; the rest is transparent. */
  @Test
  void theFirstFrameOfAGifLiesOnItsCanvas() throws IOException {
    byte[] gif = written(new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY), "gif");
    gif[6] = 4;
    gif[8] = 3;
    int frame = 13 + 3 * 256;
    while (gif[frame] != 0x2c) {
      frame++;
    }
    gif[frame + 1] = 1;
    gif[frame + 3] = 2;
    Picture picture = ImageDecoder.decode("a.gif", gif, true);
    assertEquals(new ImageGeometry(3, 4, 4), picture.geometry());
    for (int p = 0; p < 12; p++) {
      assertEquals(p == 9 || p == 10 ? -1 : 0, picture.pixels()[p * 4 + 3], "position " + p);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bmp", "gif", "tif"})
  void greyIsReadFromFilesThatJavaWrites(String format) throws IOException {
    BufferedImage image = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    for (int v = 0; v < 256; v++) {
      image.getRaster().setSample(v, 0, 0, v);
    }
    Picture picture = ImageDecoder.decode("a", written(image, format), true);
    byte[] grey = new Fit(0, 1).apply(picture).pixels();
    for (int v = 0; v < 256; v++) {
      assertEquals(v, grey[v] & 0xff);
    }
  }

  @Test
  void theContentSaysTheFormatNotTheName() {
    assertEquals(ImageFormat.WEBP, ImageFormat.of(ImageFiles.read("webp-named-jpg.jpg")));
    assertEquals(new ImageGeometry(90, 120, 3), ImageFiles.decode("webp-named-jpg.jpg").geometry());
  }

  static java.util.List<String> kinds() {
    return ImageFiles.KINDS;
  }

  /** Half of a file is no image in any format. */
  @ParameterizedTest
  @MethodSource("kinds")
  void aFileThatIsCutInHalfIsRefusedByName(String name) {
    byte[] encoded = ImageFiles.read(name);
    byte[] half = java.util.Arrays.copyOf(encoded, encoded.length / 2);
    assertRefused(
        () -> ImageDecoder.decode("d/" + name, half, true),
        "d/" + name + ": expected a decodable image",
        "cannot be decoded");
  }

  private static byte[] written(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      throw new IOException("no writer of " + format);
    }
    return out.toByteArray();
  }
}
