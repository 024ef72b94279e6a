package org.sparring.telemetry;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.Locale;

/**
 * A square part of a plot that shows a region of the plane, with axes around it. Both axes have the
 * same scale, so circles look like circles.
 *
 * @param left left edge in the image, pixels
 * @param top top edge in the image, pixels
 * @param side side length, pixels
 * @param middleX x coordinate of the centre, in units of the plane
 * @param middleY y coordinate of the centre, in units of the plane
 * @param reach distance from the centre to each side, in units of the plane, positive
 */
record PlotFrame(int left, int top, int side, double middleX, double middleY, double reach) {
  private static final int TICK = 5;
  private static final int TICKS = 6;

  double x(double value) {
    return left + (value - middleX + reach) * side / (2 * reach);
  }

  /** Returns the pixel row of a y coordinate; y points upwards. */
  double y(double value) {
    return top + (middleY + reach - value) * side / (2 * reach);
  }

  double length(double value) {
    return value * side / (2 * reach);
  }

  boolean shows(double x, double y) {
    return Math.abs(x - middleX) <= reach && Math.abs(y - middleY) <= reach;
  }

  /** Grid lines, to be drawn first. */
  void drawGrid(Graphics2D graphics) {
    graphics.setColor(Drawing.FAINT);
    for (double tick = first(middleX); tick <= middleX + reach; tick += step()) {
      graphics.drawLine((int) x(tick), top, (int) x(tick), top + side);
    }
    for (double tick = first(middleY); tick <= middleY + reach; tick += step()) {
      graphics.drawLine(left, (int) y(tick), left + side, (int) y(tick));
    }
  }

  /** The border with ticks and their numbers, to be drawn last. */
  void drawAxes(Graphics2D graphics) {
    graphics.setFont(Drawing.font(Font.PLAIN, 12));
    FontMetrics metrics = graphics.getFontMetrics();
    graphics.setColor(Drawing.AXIS);
    graphics.drawRect(left, top, side, side);
    for (double tick = first(middleX); tick <= middleX + reach; tick += step()) {
      graphics.setColor(Drawing.AXIS);
      graphics.drawLine((int) x(tick), top + side, (int) x(tick), top + side + TICK);
      graphics.setColor(Drawing.INK);
      String number = number(tick);
      int across = (int) x(tick) - metrics.stringWidth(number) / 2;
      graphics.drawString(number, across, top + side + TICK + metrics.getAscent() + 2);
    }
    for (double tick = first(middleY); tick <= middleY + reach; tick += step()) {
      graphics.setColor(Drawing.AXIS);
      graphics.drawLine(left - TICK, (int) y(tick), left, (int) y(tick));
      graphics.setColor(Drawing.INK);
      String number = number(tick);
      int across = left - TICK - 3 - metrics.stringWidth(number);
      graphics.drawString(number, across, (int) y(tick) + metrics.getAscent() / 2 - 1);
    }
  }

  /** Returns the distance between ticks: 1, 2 or 5 times a power of ten. */
  double step() {
    double rough = 2 * reach / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double digits = rough / power;
    return power * (digits < 1.5 ? 1 : digits < 3.5 ? 2 : digits < 7.5 ? 5 : 10);
  }

  private double first(double middle) {
    return Math.ceil((middle - reach) / step()) * step();
  }

  private String number(double tick) {
    int decimals = Math.max(0, (int) Math.ceil(-Math.log10(step())));
    double written = Math.abs(tick) < step() / 1000 ? 0 : tick; // no −0
    return String.format(Locale.ROOT, "%." + decimals + "f", written).replace('-', '−');
  }
}
