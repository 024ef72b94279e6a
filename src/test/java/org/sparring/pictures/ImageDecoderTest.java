package org.sparring.pictures;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.Messages.assertRefused;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ImageDecoderTest {
  @Test
  void greyKeepsItsStoredValues() throws IOException {
    BufferedImage image = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    for (int v = 0; v < 256; v++) {
      image.getRaster().setSample(v, 0, 0, v);
    }
    Picture picture = decode(Images.png(image));
    assertEquals(new ImageGeometry(1, 256, 1), picture.geometry());
    for (int v = 0; v < 256; v++) {
      assertEquals(v, picture.pixels()[v] & 0xff);
    }
  }

  @Test
  void sixteenBitGreyIsRoundedToEight() throws IOException {
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_USHORT_GRAY);
    int[] values = {0, 128, 129, 65535}; // 257 to a step: 128 rounds down, 129 up
    image.getRaster().setPixels(0, 0, 4, 1, values);
    assertArrayEquals(new byte[] {0, 0, 1, (byte) 255}, decode(Images.png(image)).pixels());
  }

  @Test
  void sixteenBitColourWithAlphaIsRoundedToEight() throws IOException {
    var model =
        new ComponentColorModel(
            java.awt.color.ColorSpace.getInstance(java.awt.color.ColorSpace.CS_sRGB),
            true,
            false,
            java.awt.Transparency.TRANSLUCENT,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
    raster.setPixel(0, 0, new int[] {257, 514, 65535, 25700});
    Picture picture = decode(Images.png(new BufferedImage(model, raster, false, null)));
    assertArrayEquals(new byte[] {1, 2, (byte) 255, 100}, picture.pixels());
  }

  @Test
  void greyWithAlphaHasTwoChannels() throws IOException {
    var model =
        new ComponentColorModel(
            java.awt.color.ColorSpace.getInstance(java.awt.color.ColorSpace.CS_GRAY),
            true,
            false,
            java.awt.Transparency.TRANSLUCENT,
            DataBuffer.TYPE_BYTE);
    WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
    raster.setPixel(0, 0, new int[] {90, 40});
    Picture picture = decode(Images.png(new BufferedImage(model, raster, false, null)));
    assertEquals(2, picture.geometry().channels());
    assertArrayEquals(new byte[] {90, 40}, picture.pixels());
  }

  @Test
  void colourComesInTheOrderRedGreenBlueAlpha() throws IOException {
    byte[] pixels = decode(Images.png(1, 1, 0x40102030)).pixels();
    assertArrayEquals(new byte[] {0x10, 0x20, 0x30, 0x40}, pixels);
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_3BYTE_BGR);
    image.setRGB(0, 0, 0x102030);
    assertArrayEquals(new byte[] {0x10, 0x20, 0x30}, decode(Images.png(image)).pixels());
  }

  @Test
  void palettesAreLookedUp() throws IOException {
    byte[] red = {0, 100, 1};
    byte[] green = {0, 50, 2};
    byte[] blue = {0, 25, 3};
    byte[] alpha = {(byte) 255, 64, (byte) 255};
    for (int bits : new int[] {2, 8}) {
      Picture opaque = indexed(new IndexColorModel(bits, 3, red, green, blue));
      assertEquals(new ImageGeometry(1, 3, 3), opaque.geometry());
      assertArrayEquals(new byte[] {1, 2, 3, 100, 50, 25, 0, 0, 0}, opaque.pixels());
      Picture clear = indexed(new IndexColorModel(bits, 3, red, green, blue, alpha));
      assertEquals(4, clear.geometry().channels());
      assertArrayEquals(new byte[] {100, 50, 25, 64}, Arrays.copyOfRange(clear.pixels(), 4, 8));
    }
  }

  @Test
  void blackAndWhiteIsRead() throws IOException {
    BufferedImage image = new BufferedImage(9, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(8, 0, 0xffffff);
    Picture picture = new Fit(0, 1).apply(decode(Images.png(image)));
    assertArrayEquals(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, (byte) 255}, picture.pixels());
  }

  @Test
  void jpegsAreReadInColourAndGrey() throws IOException {
    BufferedImage colour = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
    Arrays.fill(
        ((java.awt.image.DataBufferInt) colour.getRaster().getDataBuffer()).getData(), 0xc86432);
    Picture picture = decode(Images.jpeg(colour));
    assertEquals(new ImageGeometry(8, 16, 3), picture.geometry());
    assertEquals(200, picture.pixels()[0] & 0xff, 3);
    assertEquals(100, picture.pixels()[1] & 0xff, 3);
    assertEquals(50, picture.pixels()[2] & 0xff, 3);

    BufferedImage grey = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int p = 0; p < 64; p++) {
      grey.getRaster().setSample(p % 8, p / 8, 0, 60);
    }
    assertEquals(60, decode(Images.jpeg(grey)).pixels()[0] & 0xff, 2);
  }

  @Test
  void whatIsNoImageIsRefused() throws IOException {
    assertRefused(
        () -> ImageDecoder.decode("x.png", new byte[0], true), "x.png", "found an empty file");
    assertRefused(
        () ->
            ImageDecoder.decode(
                "x.png", "plain text".getBytes(java.nio.charset.StandardCharsets.US_ASCII), true),
        "found another format",
        "Replace or remove it");
    byte[] png = Images.noise(20, 20, 1);
    assertRefused(
        () -> ImageDecoder.decode("cut.png", Arrays.copyOf(png, png.length / 2), true),
        "cut.png",
        "cut short");
  }

  @Test
  void namesTellImagesFromTheRest() {
    for (String name :
        new String[] {
          "a.png", "B.JPG", "c/d.jpeg", "._/x.png", "e.webp", "f.BMP", "g.gif", "h.tif", "i.tiff"
        }) {
      assertTrue(ImageDecoder.isImageName(name), name);
    }
    for (String name :
        new String[] {"a.txt", "png", "._a.png", "b/._a.jpg", "__MACOSX/a.png", "x/.DS_Store"}) {
      assertFalse(ImageDecoder.isImageName(name), name);
    }
  }

  private static Picture indexed(IndexColorModel palette) throws IOException {
    boolean packed = palette.getPixelSize() < 8;
    WritableRaster raster =
        packed
            ? Raster.createPackedRaster(DataBuffer.TYPE_BYTE, 3, 1, 1, 2, null)
            : Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 3, 1, 1, null);
    raster.setPixels(0, 0, 3, 1, new int[] {2, 1, 0});
    return decode(Images.png(new BufferedImage(palette, raster, false, null)));
  }

  private static Picture decode(byte[] encoded) {
    return ImageDecoder.decode("test image", encoded, true);
  }
}
