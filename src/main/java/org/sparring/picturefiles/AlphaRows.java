package org.sparring.picturefiles;

import org.sparring.pictures.BicubicRows;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Picture;

/**
 * Adds transparency to colours that were computed over white: c = (shown − 255·(1 − α)) / α. Over
 * white the result looks as computed.
 */
final class AlphaRows {
  private final BicubicRows alpha;
  private final int width;
  private final int colours;
  private int y;

  /**
   * @param source a picture with alpha, its last channel
   * @param shown shape of the computed picture, to whose size alpha is resized
   */
  AlphaRows(Picture source, ImageGeometry shown) {
    alpha = new BicubicRows(plane(source), shown.height(), shown.width());
    width = shown.width();
    colours = shown.channels();
  }

  private static Picture plane(Picture source) {
    ImageGeometry from = source.geometry();
    byte[] plane = new byte[from.height() * from.width()];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = source.pixels()[(i + 1) * from.channels() - 1];
    }
    return new Picture(from.withChannels(1), plane);
  }

  /** Returns the next rows with alpha as their last channel. */
  byte[] with(byte[] shown) {
    byte[] rows = new byte[shown.length / colours * (colours + 1)];
    int positions = shown.length / colours;
    byte[] row = new byte[0];
    for (int i = 0; i < positions; i++) {
      if (i % width == 0) {
        row = alpha.row(y++);
      }
      int opacity = row[i % width] & 0xff;
      for (int c = 0; c < colours; c++) {
        rows[i * (colours + 1) + c] = colour(shown[i * colours + c] & 0xff, opacity);
      }
      rows[i * (colours + 1) + colours] = (byte) opacity;
    }
    return rows;
  }

  private static byte colour(int shown, int opacity) {
    if (opacity == 0) {
      return (byte) shown;
    }
    float colour = (shown - (255 - opacity)) * 255f / opacity;
    return (byte) Math.max(0, Math.min(255, Math.round(colour)));
  }
}
