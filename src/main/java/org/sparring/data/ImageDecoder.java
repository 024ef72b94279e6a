package org.sparring.data;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * PNG and JPEG bytes to a {@link Picture}. Sample values are taken from the raster as they are
 * stored: {@code BufferedImage.getRGB} would pass grey through a gamma curve and brighten it. EXIF
 * orientation is not applied.
 */
final class ImageDecoder {
  private static final String REMEDY = "Replace or remove it; PNG and JPEG (grey, RGB) are read.";

  static {
    // the default writes every image to a temporary file first
    ImageIO.setUseCache(false);
  }

  private ImageDecoder() {}

  /** Whether the name is one of a PNG or JPEG, and not of a macOS resource fork. */
  static boolean isImageName(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    String file = lower.substring(lower.lastIndexOf('/') + 1);
    boolean fork = file.startsWith("._") || lower.contains("__macosx/");
    return !fork && (file.endsWith(".png") || file.endsWith(".jpg") || file.endsWith(".jpeg"));
  }

  /**
   * @param name named in the message if the bytes are no image
   */
  static Picture decode(String name, byte[] encoded) {
    if (jpegComponents(encoded) == 4) {
      // some Java versions decode it, others do not; none gives the colours that were meant
      throw refused(name, "a CMYK JPEG: save it as RGB");
    }
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(encoded));
      if (image == null) {
        throw refused(name, found(encoded));
      }
      return picture(name, image);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // ImageIO's readers also throw the unchecked ones at damaged bytes
      throw refused(name, found(encoded) + " (" + e.getMessage() + ")").because(e);
    }
  }

  private static DataException refused(String name, String found) {
    return DataException.in(name, "a decodable PNG or JPEG image", found, REMEDY);
  }

  private static Picture picture(String name, BufferedImage image) {
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return indexed(image.getRaster(), palette);
    }
    int type = model.getColorSpace().getType();
    boolean plain = type == ColorSpace.TYPE_GRAY || type == ColorSpace.TYPE_RGB;
    boolean readable = model instanceof ComponentColorModel || model instanceof DirectColorModel;
    if (!plain || !readable || image.getRaster().getNumBands() > 4) {
      throw refused(name, "pixels of " + model);
    }
    return components(image.getRaster(), model);
  }

  private static Picture indexed(Raster raster, IndexColorModel palette) {
    boolean opaque = palette.getTransparency() == Transparency.OPAQUE;
    ImageGeometry geometry = geometry(raster, opaque ? 3 : 4);
    int[] colours = new int[palette.getMapSize()];
    palette.getRGBs(colours);
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
    pixels[at + 1] = (byte) (argb >> 8);
    pixels[at + 2] = (byte) argb;
    if (channels == 4) {
      pixels[at + 3] = (byte) (argb >> 24);
    }
    return at + channels;
  }

  /** Bands in the raster's order are grey, grey-alpha, RGB or RGBA, of 1 to 16 bits each. */
  private static Picture components(Raster raster, ColorModel model) {
    ImageGeometry geometry = geometry(raster, raster.getNumBands());
    int channels = geometry.channels();
    int[] largest = new int[channels];
    for (int c = 0; c < channels; c++) {
      largest[c] = (1 << model.getComponentSize(c)) - 1;
    }
    int[] row = new int[geometry.width() * channels];
    byte[] pixels = new byte[geometry.bytes()];
    for (int y = 0; y < geometry.height(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, geometry.width(), 1, row);
      for (int i = 0; i < row.length; i++) {
        int most = largest[i % channels];
        pixels[y * row.length + i] = (byte) ((row[i] * 255 + most / 2) / most);
      }
    }
    return new Picture(geometry, pixels);
  }

  private static ImageGeometry geometry(Raster raster, int channels) {
    return new ImageGeometry(raster.getHeight(), raster.getWidth(), channels);
  }

  /** What the bytes look like, for a message. */
  private static String found(byte[] encoded) {
    if (encoded.length == 0) {
      return "an empty file";
    }
    return encoded.length + " bytes that are damaged or another format";
  }

  /** Colour components that a JPEG's frame header declares; 0 if the bytes are no JPEG. */
  private static int jpegComponents(byte[] jpeg) {
    int at = 2;
    boolean starts = jpeg.length > 4 && jpeg[0] == (byte) 0xff && jpeg[1] == (byte) 0xd8;
    while (starts && at + 9 < jpeg.length && jpeg[at] == (byte) 0xff) {
      int marker = jpeg[at + 1] & 0xff;
      // SOF0–SOF15 without DHT, JPG and DAC, which lie between them
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
        return jpeg[at + 9];
      }
      at += 2 + (((jpeg[at + 2] & 0xff) << 8) | (jpeg[at + 3] & 0xff));
    }
    return 0;
  }
}
