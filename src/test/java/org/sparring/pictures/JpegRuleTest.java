package org.sparring.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.Messages.assertRefused;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.errors.DataException;

/** What a JPEG means. */
class JpegRuleTest {
  private static final int SOF = 0xc0;
  private static final int APP0 = 0xe0;

  /** The same coded picture behind headers of all kinds. */
  @ParameterizedTest
  @ValueSource(
      strings = {"jpeg-wide-gamut-icc.jpg", "jpeg-icc-chunk-twice.jpg", "jpeg-icc-empty.jpg"})
  void profilesChangeNoValue(String name) {
    assertArrayEquals(
        ImageFiles.decode("jpeg-plain-reference.jpg").pixels(), ImageFiles.decode(name).pixels());
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY})
  void plainFilesAreDecodedAsJavaDecodesThem(int type) throws IOException {
    byte[] jpeg = Images.jpeg(noise(24, 17, type));
    BufferedImage expected = ImageIO.read(new ByteArrayInputStream(jpeg));
    Picture found = decode(jpeg);
    for (int p = 0; p < 24 * 17; p++) {
      for (int c = 0; c < found.geometry().channels(); c++) {
        assertEquals(
            expected.getRaster().getSample(p % 17, p / 17, c),
            found.pixels()[p * found.geometry().channels() + c] & 0xff);
      }
    }
  }

  /** What libjpeg takes them for: Java takes 4:4:4 without a header for RGB. */
  @Test
  void componentsWithoutAHeaderAreYcbcrUnlessTheirNamesSayRgb() throws IOException {
    Picture picture = ImageFiles.decode("jpeg-ycbcr-444-component-ids-0-1-2-no-marker.jpg");
    Picture reference = ImageFiles.decode("jpeg-plain-reference.jpg");
    assertEquals(reference.geometry(), picture.geometry());
    for (int i = 0; i < picture.pixels().length; i++) {
      // the reference has its chroma at half the size
      assertEquals(reference.pixels()[i] & 0xff, picture.pixels()[i] & 0xff, 40);
    }
    byte[] grey = flat(0xffffff);
    assertArrayEquals(decode(grey).pixels(), decode(named(grey, 1, 2, 3)).pixels());
    assertArrayEquals(decode(grey).pixels(), decode(named(grey, 0, 1, 2)).pixels());
    // white as YCbCr is (255, 128, 128)
    byte[] rgb = decode(named(grey, 'R', 'G', 'B')).pixels();
    assertEquals(255, rgb[0] & 0xff);
    assertEquals(128, rgb[1] & 0xff, 1);
    assertEquals(128, rgb[2] & 0xff, 1);
  }

  @Test
  void printColoursBecomeRgb() throws IOException {
    // by Pillow: the values of Image.open(…).convert("RGB") at three places
    Picture picture = ImageFiles.decode("jpeg-cmyk.jpg");
    assertEquals(new ImageGeometry(90, 120, 3), picture.geometry());
    int[] at = {0, 45 * 120 + 60, 90 * 120 - 1};
    int[][] expected = EXPECTED_OF_CMYK;
    for (int i = 0; i < at.length; i++) {
      for (int c = 0; c < 3; c++) {
        assertEquals(expected[i][c], picture.pixels()[at[i] * 3 + c] & 0xff, 1);
      }
    }
    // without Adobe's marker 0 means no ink: Java's writer writes none; four zeros are paper
    Picture paper = decode(Images.cmykJpeg());
    assertArrayEquals(
        new byte[] {(byte) 255, (byte) 255, (byte) 255}, Arrays.copyOf(paper.pixels(), 3));
  }

  private static final int[][] EXPECTED_OF_CMYK = {{0, 0, 0}, {128, 129, 129}, {255, 255, 255}};

  @Test
  void ycckIsCmyInYcbcr() {
    byte[] pixels = {(byte) 255, (byte) 128, (byte) 128, 7, 76, 85, (byte) 255, 9};
    YcckColours.toCmyk(pixels);
    // (255, 128, 128) is white, so no ink; (76, 85, 255) is red, so magenta and yellow
    assertArrayEquals(new byte[] {0, 0, 0, 7, 1, (byte) 255, (byte) 255, 9}, pixels);
  }

  @Test
  void aFileThatIsCutAnywhereIsRefused() {
    byte[] jpeg = ImageFiles.read("progressive-16x12.jpg");
    for (int length = 1; length < jpeg.length; length++) {
      byte[] cut = Arrays.copyOf(jpeg, length);
      String message = assertThrows(DataException.class, () -> decode(cut)).getMessage();
      assertTrue(message.startsWith("a.jpg: expected a decodable image"), message);
    }
  }

  /** Some programs mend a file that is cut by putting an end to it. */
  @Test
  void dataThatEndBeforeThePictureDoesAreRefused() throws IOException {
    byte[] jpeg = Images.jpeg(noise(64, 64, BufferedImage.TYPE_INT_RGB));
    byte[] cut = Arrays.copyOf(jpeg, jpeg.length / 2);
    cut[cut.length - 2] = (byte) 0xff;
    cut[cut.length - 1] = (byte) 0xd9;
    assertRefused(() -> decode(cut), "a.jpg: expected a decodable image", "cut short");
  }

  @Test
  void whatFollowsTheEndIsNoMatter() throws IOException {
    byte[] jpeg = Images.jpeg(noise(9, 9, BufferedImage.TYPE_INT_RGB));
    byte[] longer = Arrays.copyOf(jpeg, jpeg.length + 50);
    assertArrayEquals(decode(jpeg).pixels(), decode(longer).pixels());
  }

  /** The same picture without its header, its components named otherwise. */
  private static byte[] named(byte[] jpeg, int... names) {
    int header = find(jpeg, APP0);
    int length = 2 + (((jpeg[header + 2] & 0xff) << 8) | (jpeg[header + 3] & 0xff));
    byte[] bare = new byte[jpeg.length - length];
    System.arraycopy(jpeg, 0, bare, 0, header);
    System.arraycopy(jpeg, header + length, bare, header, bare.length - header);
    int frame = find(bare, SOF);
    int scan = find(bare, 0xda);
    for (int c = 0; c < 3; c++) {
      bare[frame + 10 + 3 * c] = (byte) names[c];
      bare[scan + 5 + 2 * c] = (byte) names[c];
    }
    return bare;
  }

  private static int find(byte[] jpeg, int marker) {
    for (int at = 0; ; at++) {
      if (jpeg[at] == (byte) 0xff && jpeg[at + 1] == (byte) marker) {
        return at;
      }
    }
  }

  private static byte[] flat(int rgb) throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < 64; p++) {
      image.setRGB(p % 8, p / 8, rgb);
    }
    return Images.jpeg(image);
  }

  private static BufferedImage noise(int height, int width, int type) {
    Random random = new Random(5);
    BufferedImage image = new BufferedImage(width, height, type);
    for (int p = 0; p < height * width; p++) {
      image.setRGB(p % width, p / width, random.nextInt());
    }
    return image;
  }

  private static Picture decode(byte[] jpeg) {
    return ImageDecoder.decode("a.jpg", jpeg, true);
  }
}
