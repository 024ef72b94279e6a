package org.sparring.data;

import java.util.Arrays;

/**
 * Draws curves onto a square of coverages. Every pixel keeps the smallest signed distance to a
 * stroke's edge (pixels, negative inside); ink is that distance through a ramp one pixel wide. Only
 * pixels near a line piece are visited.
 */
final class GlyphPen {
  /** A stroke thinner than this breaks into dots at small sides. */
  private static final double THINNEST = 0.55;

  private final int side;
  private final double radius;
  private final double contrast;
  private final double nibX;
  private final double nibY;
  private final float[] distance; // (side, side)

  GlyphPen(int side, GlyphStyle style) {
    this.side = side;
    this.radius = Math.max(THINNEST, style.radius * side);
    this.contrast = style.contrast;
    this.nibX = StrictMath.cos(style.nib);
    this.nibY = StrictMath.sin(style.nib);
    this.distance = new float[side * side];
    Arrays.fill(distance, side);
  }

  /** A Catmull–Rom curve through x, y, x, y, … of the unit square. */
  void draw(double[] stroke) {
    int points = stroke.length / 2;
    boolean closed =
        stroke[0] == stroke[stroke.length - 2] && stroke[1] == stroke[stroke.length - 1];
    for (int p = 0; p + 1 < points; p++) {
      int before = p > 0 ? p - 1 : closed ? points - 2 : 0;
      int after = p + 2 < points ? p + 2 : closed ? 1 : points - 1;
      span(stroke, before * 2, p * 2, (p + 1) * 2, after * 2);
    }
  }

  /** Ink at each pixel, 0–1. */
  float ink(int pixel) {
    return Math.max(0, Math.min(1, 0.5f - distance[pixel]));
  }

  /** The curve between points b and c, as straight pieces of about two pixels. */
  private void span(double[] stroke, int a, int b, int c, int d) {
    double length = Math.abs(stroke[c] - stroke[b]) + Math.abs(stroke[c + 1] - stroke[b + 1]);
    int pieces = 2 + (int) Math.min(14, length * side / 2);
    double x = stroke[b] * side;
    double y = stroke[b + 1] * side;
    for (int i = 1; i <= pieces; i++) {
      double t = (double) i / pieces;
      double nextX = side * cubic(stroke[a], stroke[b], stroke[c], stroke[d], t);
      double nextY = side * cubic(stroke[a + 1], stroke[b + 1], stroke[c + 1], stroke[d + 1], t);
      piece(x, y, nextX, nextY);
      x = nextX;
      y = nextY;
    }
  }

  /** Catmull–Rom: through b at t = 0 and c at t = 1, with slopes (c − a)/2 and (d − b)/2. */
  private static double cubic(double a, double b, double c, double d, double t) {
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  }

  private void piece(double x0, double y0, double x1, double y1) {
    double dx = x1 - x0;
    double dy = y1 - y0;
    double squared = Math.max(1e-9, dx * dx + dy * dy);
    double along = (dx * nibX + dy * nibY) * (dx * nibX + dy * nibY) / squared;
    double reach = Math.max(THINNEST, radius * (1 + contrast * (along - 0.6)));
    int left = first(Math.min(x0, x1) - reach);
    int right = last(Math.max(x0, x1) + reach);
    int bottom = last(Math.max(y0, y1) + reach);
    for (int row = first(Math.min(y0, y1) - reach); row <= bottom; row++) {
      double py = row + 0.5 - y0;
      for (int column = left; column <= right; column++) {
        double px = column + 0.5 - x0;
        double t = Math.max(0, Math.min(1, (px * dx + py * dy) / squared));
        double ex = px - t * dx;
        double ey = py - t * dy;
        float edge = (float) (Math.sqrt(ex * ex + ey * ey) - reach);
        int pixel = row * side + column;
        distance[pixel] = Math.min(distance[pixel], edge);
      }
    }
  }

  private int first(double position) {
    return Math.max(0, (int) Math.floor(position - 1));
  }

  private int last(double position) {
    return Math.min(side - 1, (int) Math.ceil(position + 1));
  }
}
