package org.sparring.pictures;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Encoded images for the tests. */
public final class Images {
  private Images() {}

  public static byte[] png(RenderedImage image) throws IOException {
    return encode(image, "png");
  }

  public static byte[] jpeg(RenderedImage image) throws IOException {
    return encode(image, "jpg");
  }

  /** A PNG of one colour (ARGB). */
  public static byte[] png(int height, int width, int argb) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int p = 0; p < height * width; p++) {
      image.setRGB(p % width, p / width, argb);
    }
    return png(image);
  }

  /** A PNG of black. */
  public static byte[] blank(int height, int width) throws IOException {
    return png(new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR));
  }

  /** An opaque PNG of noise. */
  public static byte[] noise(int height, int width, long seed) throws IOException {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int p = 0; p < height * width; p++) {
      image.setRGB(p % width, p / width, random.nextInt(1 << 24));
    }
    return png(image);
  }

  /** A JPEG with four components, as print shops make them. */
  public static byte[] cmykJpeg() throws IOException {
    return cmykJpeg(8, 8);
  }

  public static byte[] cmykJpeg(int height, int width) throws IOException {
    WritableRaster raster =
        java.awt.image.Raster.createInterleavedRaster(
            java.awt.image.DataBuffer.TYPE_BYTE, width, height, 4, null);
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
    ImageWriter writer = writers.next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(new IIOImage(raster, null, null));
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static byte[] encode(RenderedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IOException("no " + format + " writer for " + image);
    }
    return bytes.toByteArray();
  }
}
