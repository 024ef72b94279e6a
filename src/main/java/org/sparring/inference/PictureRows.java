package org.sparring.inference;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.sparring.exports.PictureFunction;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Picture;
import org.sparring.telemetry.ImageGrid;

/**
 * The picture that a function of an {@link ImageModel} makes, computed from the top, a few rows at
 * a time, so that memory is needed for one row of tiles only. For one thread.
 */
public final class PictureRows {
  private final Picture from;
  private final PictureFunction function;
  private final Call call;
  private final ImageGeometry geometry;
  private final List<TileSpan> down;
  private final List<TileSpan> across;
  private byte[] above = new byte[0]; // rows that the next tiles are blended with
  private int next;

  /** Computes one part of a picture. */
  interface Call {
    /**
     * @param values (height, width, input channels) in [−1, 1]
     * @param reader receives (scale · height, scale · width, output channels)
     */
    void at(float[] values, int height, int width, Consumer<FloatBuffer> reader);
  }

  PictureRows(Picture from, PictureFunction function, int tile, Call call) {
    this.from = from;
    this.function = function;
    this.call = call;
    int height = from.geometry().height();
    int width = from.geometry().width();
    geometry =
        new ImageGeometry(
            height * function.scale(), width * function.scale(), function.outputChannels());
    down = TileSpan.of(height, tile, function);
    across = TileSpan.of(width, tile, function);
  }

  /** Returns the shape of the whole picture. */
  public ImageGeometry geometry() {
    return geometry;
  }

  /**
   * Computes the next rows.
   *
   * @return (rows, width, channels) of unsigned bytes, row-major; empty after the last row
   */
  public byte[] next() {
    if (next == down.size()) {
      return new byte[0];
    }
    TileSpan rows = down.get(next);
    byte[] band = new byte[row() * (rows.last() - rows.first()) * function.scale()];
    for (TileSpan columns : across) {
      float[] values = window(from, rows, columns);
      call.at(values, rows.length(), columns.length(), found -> write(found, rows, columns, band));
    }
    fade(band, above.length);
    next++;
    int last = next == down.size() ? rows.last() : down.get(next).first();
    return finished(band, row() * (last - rows.first()) * function.scale());
  }

  private byte[] finished(byte[] band, int length) {
    above = Arrays.copyOfRange(band, length, band.length);
    return length == band.length ? band : Arrays.copyOf(band, length);
  }

  /** Bytes of one row of the output. */
  private int row() {
    return geometry.width() * geometry.channels();
  }

  /**
   * Returns the values in [−1, 1] of a window. Beyond the picture it is mirrored without its border
   * pixel, or its border repeated if the picture is too small.
   */
  static float[] window(Picture picture, TileSpan rows, TileSpan columns) {
    ImageGeometry g = picture.geometry();
    int channels = g.channels();
    float[] values = new float[rows.length() * columns.length() * channels];
    int to = 0;
    for (int y = rows.start(); y < rows.end(); y++) {
      int line = inside(y, g.height()) * g.width();
      for (int x = columns.start(); x < columns.end(); x++) {
        int at = (line + inside(x, g.width())) * channels;
        for (int c = 0; c < channels; c++) {
          values[to++] = (picture.pixels()[at + c] & 0xff) / 127.5f - 1;
        }
      }
    }
    return values;
  }

  private static int inside(int position, int size) {
    if (position < size) {
      return position;
    }
    int mirrored = 2 * (size - 1) - position;
    return mirrored >= 0 ? mirrored : size - 1;
  }

  /** Writes the used part of an output into a band, blended with what lies to the left. */
  private void write(FloatBuffer found, TileSpan rows, TileSpan columns, byte[] band) {
    int scale = function.scale();
    int channels = function.outputChannels();
    int step = columns.length() * scale * channels;
    float[] line = new float[(columns.last() - columns.first()) * scale * channels];
    int fading = columns.fade() * scale;
    for (int y = 0; y < (rows.last() - rows.first()) * scale; y++) {
      int skipped = (rows.first() - rows.start()) * scale + y;
      int left = (columns.first() - columns.start()) * scale * channels;
      found.get(skipped * step + left, line);
      int to = y * row() + columns.first() * scale * channels;
      for (int i = 0; i < line.length; i++) {
        int value = ImageGrid.toByte(line[i]);
        band[to + i] = mixed(band[to + i], value, i / channels, fading);
      }
    }
  }

  /** Blends the first rows of a band with those computed before. */
  private void fade(byte[] band, int length) {
    int rows = length / row();
    for (int i = 0; i < length; i++) {
      band[i] = mixed(above[i], band[i] & 0xff, i / row(), rows);
    }
  }

  /** Returns a value that changes from old to new over {@code count} positions. */
  private static byte mixed(byte old, int value, int position, int count) {
    if (position >= count) {
      return (byte) value;
    }
    float part = (position + 0.5f) / count;
    return (byte) Math.round((old & 0xff) * (1 - part) + value * part);
  }
}
