package org.sparring.pictures;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOException;

/**
 * Converts an ImageIO image to a {@link Picture}. The values are read from the raster as stored and
 * scaled to 8 bits, because {@code BufferedImage.getRGB} would apply colour profiles and a gamma
 * curve to grey values.
 */
final class RasterPicture {
  private static final int MOST_BITS = 16;

  private RasterPicture() {}

  /**
   * @param transparent stored sample values of the transparent colour; empty if there is none
   */
  static Picture of(BufferedImage image, int[] transparent) throws IOException {
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return indexed(image.getRaster(), palette, transparent);
    }
    Raster raster = image.getRaster();
    int type = model.getColorSpace().getType();
    boolean plain = type == ColorSpace.TYPE_GRAY || type == ColorSpace.TYPE_RGB;
    boolean readable = model instanceof ComponentColorModel || model instanceof DirectColorModel;
    if (readable && type == ColorSpace.TYPE_CMYK && raster.getNumBands() == 4) {
      return cmyk(components(raster, model, transparent));
    }
    if (!plain || !readable || raster.getNumBands() > 4) {
      throw new IIOException("pixels of " + model);
    }
    Picture picture = components(raster, model, transparent);
    return model.isAlphaPremultiplied() ? divided(picture) : picture;
  }

  /**
   * Converts four components per pixel: CMYK, or YCCK, whose first three components are CMY encoded
   * as YCbCr.
   *
   * @param inverted whether 255 means no ink, as Adobe's programs store it
   */
  static Picture print(Raster raster, boolean ycck, boolean inverted) {
    ImageGeometry geometry = geometry(raster, 3);
    byte[] rgb = new byte[geometry.bytes()];
    int[] stored = new int[geometry.width() * 4];
    byte[] inks = new byte[stored.length];
    for (int y = 0; y < geometry.height(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, geometry.width(), 1, stored);
      for (int i = 0; i < inks.length; i++) {
        inks[i] = (byte) stored[i];
      }
      if (ycck) {
        YcckColours.toCmyk(inks);
      }
      toRgb(inks, inverted, rgb, y * geometry.width() * 3);
    }
    return new Picture(geometry, rgb);
  }

  private static Picture cmyk(Picture inks) {
    ImageGeometry geometry = inks.geometry().withChannels(3);
    byte[] rgb = new byte[geometry.bytes()];
    toRgb(inks.pixels(), false, rgb, 0);
    return new Picture(geometry, rgb);
  }

  /** Converts CMYK to RGB: for example red = white reduced by cyan and black. */
  private static void toRgb(byte[] inks, boolean inverted, byte[] rgb, int from) {
    int at = from;
    for (int p = 0; p < inks.length; p += 4) {
      int black = paper(inks[p + 3], inverted);
      for (int c = 0; c < 3; c++) {
        int left = paper(inks[p + c], inverted);
        rgb[at++] = (byte) ((left * black + 127) / 255);
      }
    }
  }

  private static int paper(byte ink, boolean inverted) {
    return inverted ? ink & 0xff : 255 - (ink & 0xff);
  }

  /**
   * Converts an image with a palette. ImageIO also represents grey of 1, 2 or 4 bits this way, for
   * which a transparent colour is possible.
   */
  private static Picture indexed(Raster raster, IndexColorModel palette, int[] transparent) {
    boolean keyed = transparent.length > 0;
    boolean opaque = palette.getTransparency() == Transparency.OPAQUE;
    ImageGeometry geometry = geometry(raster, keyed ? 2 : opaque ? 3 : 4);
    int[] colours = new int[Math.max(palette.getMapSize(), 1 << palette.getPixelSize())];
    Arrays.fill(colours, 0xff000000); // an index outside the palette becomes black
    palette.getRGBs(colours);
    if (keyed) {
      colours[transparent[0]] &= 0xffffff;
    }
    int[] row = new int[geometry.width()];
    byte[] pixels = new byte[geometry.bytes()];
    int at = 0;
    for (int y = 0; y < geometry.height(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, row.length, 1, 0, row);
      for (int index : row) {
        at = put(colours[index], pixels, at, geometry.channels());
      }
    }
    return new Picture(geometry, pixels);
  }

  private static int put(int argb, byte[] pixels, int at, int channels) {
    pixels[at] = (byte) (argb >> 16);
    if (channels > 2) {
      pixels[at + 1] = (byte) (argb >> 8);
      pixels[at + 2] = (byte) argb;
    }
    if (channels % 2 == 0) {
      pixels[at + channels - 1] = (byte) (argb >> 24);
    }
    return at + channels;
  }

  /** Converts bands that are grey, grey and alpha, RGB or RGBA, with 1 to 16 bits each. */
  private static Picture components(Raster raster, ColorModel model, int[] transparent)
      throws IOException {
    int bands = raster.getNumBands();
    int[] largest = new int[bands];
    for (int c = 0; c < bands; c++) {
      int bits = model.getComponentSize(c);
      if (bits > MOST_BITS) {
        throw new IIOException("values of " + bits + " bits, more than " + MOST_BITS);
      }
      largest[c] = (1 << bits) - 1;
    }
    boolean keyed = transparent.length == bands;
    ImageGeometry geometry = geometry(raster, keyed ? bands + 1 : bands);
    int[] row = new int[geometry.width() * bands];
    byte[] pixels = new byte[geometry.bytes()];
    int at = 0;
    for (int y = 0; y < geometry.height(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, geometry.width(), 1, row);
      for (int i = 0; i < row.length; i++) {
        int most = largest[i % bands];
        pixels[at++] = (byte) ((row[i] * 255 + most / 2) / most);
        if (keyed && i % bands == bands - 1) {
          pixels[at++] = (byte) (isColour(row, i - bands + 1, transparent) ? 0 : 255);
        }
      }
    }
    return new Picture(geometry, pixels);
  }

  private static boolean isColour(int[] row, int at, int[] colour) {
    return Arrays.equals(row, at, at + colour.length, colour, 0, colour.length);
  }

  /** Divides premultiplied colours by alpha. */
  private static Picture divided(Picture picture) {
    int channels = picture.geometry().channels();
    byte[] pixels = picture.pixels();
    for (int at = 0; at < pixels.length; at += channels) {
      int alpha = pixels[at + channels - 1] & 0xff;
      for (int c = at; alpha > 0 && c < at + channels - 1; c++) {
        pixels[c] = (byte) Math.min(255, ((pixels[c] & 0xff) * 255 + alpha / 2) / alpha);
      }
    }
    return picture;
  }

  private static ImageGeometry geometry(Raster raster, int channels) {
    return new ImageGeometry(raster.getHeight(), raster.getWidth(), channels);
  }
}
