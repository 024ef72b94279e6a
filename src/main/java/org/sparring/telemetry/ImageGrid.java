package org.sparring.telemetry;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.sparring.errors.TelemetryException;
import org.sparring.storage.AtomicFiles;

/**
 * Draws a batch of images as one picture, row by row, with grey separators.
 *
 * @param height of one image in pixels
 * @param width of one image in pixels
 * @param channels 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA
 * @param columns number of images in a row
 * @param scale side of the square into which every pixel is enlarged (nearest neighbour)
 */
public record ImageGrid(int height, int width, int channels, int columns, int scale) {
  private static final int SEPARATOR = 2;
  private static final int SEPARATOR_GREY = 72;
  private static final int OPAQUE = 255;

  /** Smaller images are enlarged to at least this side, in pixels. */
  private static final int LEGIBLE_SIDE = 64;

  static {
    // a training machine has no screen, and a run does not need one
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }

  public ImageGrid {
    Failure.require(height >= 1, "An image's height must be at least 1", height);
    Failure.require(width >= 1, "An image's width must be at least 1", width);
    Failure.require(channels >= 1 && channels <= 4, "An image has 1, 2, 3 or 4 channels", channels);
    Failure.require(columns >= 1, "A grid must have at least 1 column", columns);
    Failure.require(scale >= 1, "A grid's scale must be at least 1", scale);
  }

  /**
   * Draws a grid with a scale that makes small images legible: 28 × 28 is enlarged three times, 64
   * × 64 is not enlarged.
   *
   * @param images (count, height, width, channels) in [−1, 1], row-major
   */
  public static BufferedImage of(
      float[] images, int count, int height, int width, int channels, int columns) {
    int scale = legibleScale(height, width);
    return new ImageGrid(height, width, channels, columns, scale).draw(images, count);
  }

  /**
   * Draws the first {@code count} images; the empty places of the last row stay grey.
   *
   * @param images (count, height, width, channels) in [−1, 1], row-major; values outside are
   *     clamped, NaN is black
   */
  public BufferedImage draw(float[] images, int count) {
    requireWhole(images, count);
    int shown = Math.min(count, columns);
    int rows = (count + columns - 1) / columns;
    BufferedImage grid = blank(extent(shown, width), extent(rows, height));
    for (int i = 0; i < count; i++) {
      drawOne(images, i, grid.getRaster());
    }
    return grid;
  }

  /**
   * Draws one image at its original size, without separators.
   *
   * @param image (height, width, channels) in [−1, 1], row-major
   */
  public static BufferedImage single(float[] image, int height, int width, int channels) {
    BufferedImage grid = new ImageGrid(height, width, channels, 1, 1).draw(image, 1);
    BufferedImage alone = new BufferedImage(width, height, grid.getType());
    Raster inner = grid.getData(new Rectangle(SEPARATOR, SEPARATOR, width, height));
    alone.getRaster().setRect(-SEPARATOR, -SEPARATOR, inner);
    return alone;
  }

  /** Returns the image as the bytes of a PNG file. */
  public static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    // in memory: ImageIO's own default goes through a file in the temporary folder
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /**
   * Returns whether a file's name ends in {@code .png}, the format written here, or has no
   * extension.
   */
  public static boolean writes(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot <= 0 || name.substring(dot).equalsIgnoreCase(".png");
  }

  /**
   * Writes a PNG file atomically.
   *
   * @throws TelemetryException if the name has the extension of another format
   */
  public static void write(BufferedImage image, Path file) {
    if (!writes(file)) {
      throw new TelemetryException("expected a name that ends in .png, found " + file);
    }
    AtomicFiles.write(file, png(image));
  }

  /** Returns how many images of a legible grid fit in one row, and in one column. */
  public static int mostInALine(int height, int width) {
    int side = Math.max(height, width) * legibleScale(height, width);
    return (Short.MAX_VALUE - SEPARATOR) / (side + SEPARATOR);
  }

  static int legibleScale(int height, int width) {
    int side = Math.max(1, Math.max(height, width));
    return (LEGIBLE_SIDE + side - 1) / side;
  }

  /** Converts a value in [−1, 1] to a byte: −1 to 0, 0 to 128, 1 to 255. */
  public static int toByte(float value) {
    return Math.round((Math.max(-1, Math.min(1, value)) + 1) * 127.5f);
  }

  private void requireWhole(float[] images, int count) {
    Failure.require(count >= 1, "A grid must have at least 1 image", count);
    long expected = (long) count * height * width * channels;
    Failure.require(
        images.length == expected,
        count
            + " images of "
            + height
            + "x"
            + width
            + "x"
            + channels
            + " are "
            + expected
            + " values",
        images.length);
  }

  private int extent(int cells, int side) {
    long extent = SEPARATOR + (long) cells * (side * (long) scale + SEPARATOR);
    Failure.require(
        extent <= Short.MAX_VALUE, "A grid's side must be at most 32767 pixels", extent);
    return (int) extent;
  }

  private BufferedImage blank(int gridWidth, int gridHeight) {
    BufferedImage grid = new BufferedImage(gridWidth, gridHeight, imageType());
    WritableRaster raster = grid.getRaster();
    int[] row = new int[gridWidth * raster.getNumBands()];
    Arrays.fill(row, SEPARATOR_GREY);
    for (int i = 3; raster.getNumBands() == 4 && i < row.length; i += 4) {
      row[i] = OPAQUE;
    }
    for (int y = 0; y < gridHeight; y++) {
      raster.setPixels(0, y, gridWidth, 1, row);
    }
    return grid;
  }

  private int imageType() {
    return switch (channels) {
      case 1 -> BufferedImage.TYPE_BYTE_GRAY;
      case 3 -> BufferedImage.TYPE_INT_RGB;
      default -> BufferedImage.TYPE_INT_ARGB;
    };
  }

  /**
   * Draws one image. Writes to the raster directly, because setRGB would apply a gamma curve to a
   * grey image.
   */
  private void drawOne(float[] images, int index, WritableRaster raster) {
    int left = SEPARATOR + (index % columns) * (width * scale + SEPARATOR);
    int top = SEPARATOR + (index / columns) * (height * scale + SEPARATOR);
    int[] row = new int[width * scale * raster.getNumBands()];
    for (int y = 0; y < height; y++) {
      fillRow(images, (index * height + y) * width * channels, row, raster.getNumBands());
      for (int again = 0; again < scale; again++) {
        raster.setPixels(left, top + y * scale + again, width * scale, 1, row);
      }
    }
  }

  private void fillRow(float[] images, int start, int[] row, int bands) {
    for (int x = 0; x < width * scale; x++) {
      int pixel = start + (x / scale) * channels;
      for (int band = 0; band < bands; band++) {
        row[x * bands + band] = toByte(images[pixel + channelOf(band)]);
      }
    }
  }

  /**
   * Returns the channel that a band shows. Two channels are grey and alpha: R, G and B all show the
   * first.
   */
  private int channelOf(int band) {
    return channels == 2 ? band / 3 : band;
  }
}
