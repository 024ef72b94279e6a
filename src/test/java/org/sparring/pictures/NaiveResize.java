package org.sparring.pictures;

/** Resizing as its definition says, one output value at a time, in double. */
final class NaiveResize {
  private NaiveResize() {}

  /** The weight of each input pixel is the area that it shares with the output pixel. */
  static double[] area(Picture picture, int side) {
    return each(
        picture,
        side,
        (square, oy, ox, value) -> {
          double scale = (double) square / side;
          double sum = 0;
          for (int y = 0; y < square; y++) {
            for (int x = 0; x < square; x++) {
              sum += overlap(y, oy * scale, scale) * overlap(x, ox * scale, scale) * value.at(y, x);
            }
          }
          return sum / (scale * scale);
        });
  }

  /** The weight of each input pixel is a tent around its centre; borders are repeated. */
  static double[] bilinear(Picture picture, int side) {
    return each(
        picture,
        side,
        (square, oy, ox, value) -> {
          double cy = (oy + 0.5) * square / side - 0.5;
          double cx = (ox + 0.5) * square / side - 0.5;
          double sum = 0;
          for (int y = -1; y <= square; y++) {
            for (int x = -1; x <= square; x++) {
              double weight = Math.max(0, 1 - Math.abs(cy - y)) * Math.max(0, 1 - Math.abs(cx - x));
              sum += weight * value.at(clamp(y, square), clamp(x, square));
            }
          }
          return sum;
        });
  }

  private interface Value {
    double at(int y, int x);
  }

  private interface Rule {
    double output(int square, int y, int x, Value value);
  }

  private static double[] each(Picture picture, int side, Rule rule) {
    ImageGeometry g = picture.geometry();
    int square = Math.min(g.height(), g.width());
    int top = (g.height() - square) / 2;
    int left = (g.width() - square) / 2;
    int c = g.channels();
    double[] out = new double[side * side * c];
    for (int i = 0; i < out.length; i++) {
      int k = i % c;
      Value value = (y, x) -> picture.pixels()[((top + y) * g.width() + left + x) * c + k] & 0xff;
      out[i] = rule.output(square, i / c / side, i / c % side, value);
    }
    return out;
  }

  private static double overlap(int pixel, double from, double length) {
    return Math.max(0, Math.min(pixel + 1, from + length) - Math.max(pixel, from));
  }

  private static int clamp(int position, int square) {
    return Math.max(0, Math.min(square - 1, position));
  }
}
