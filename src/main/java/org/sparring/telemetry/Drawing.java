package org.sparring.telemetry;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;
import org.sparring.errors.TelemetryException;

/** Creates white images with smooth lines, and the colours that all plots share. */
final class Drawing {
  static final Color PAPER = Color.WHITE;
  static final Color INK = new Color(0x2B2F36);
  static final Color FAINT = new Color(0xE4E7EB);
  static final Color AXIS = new Color(0x8A919C);

  /** Colours that most colour-blind people can distinguish too (Okabe and Ito 2008). */
  private static final Color[] SERIES = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0xE69F00),
    new Color(0x56B4E9)
  };

  static {
    // a training machine has no screen, and plots do not need one
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }

  private Drawing() {}

  /** Returns the colours of the series in their order. */
  static Color[] series() {
    return SERIES.clone();
  }

  static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }

  /**
   * Returns an image on which {@code paint} has drawn.
   *
   * @throws TelemetryException if the machine has no font
   */
  static BufferedImage sheet(int width, int height, Consumer<Graphics2D> paint) {
    BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    try {
      requireFont(graphics);
      smooth(graphics);
      graphics.setColor(PAPER);
      graphics.fillRect(0, 0, width, height);
      graphics.setStroke(new BasicStroke(1f));
      paint.accept(graphics);
    } finally {
      graphics.dispose();
    }
    return sheet;
  }

  private static void smooth(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  /** Checks for a font first, because Java reports a missing one with an obscure internal error. */
  private static void requireFont(Graphics2D graphics) {
    try {
      graphics.getFontMetrics(font(Font.PLAIN, 12)).stringWidth("0");
    } catch (RuntimeException | LinkageError | InternalError e) {
      throw new TelemetryException(
          "Cannot write in a picture: Java finds no font on this machine."
              + " Install one: apt-get install fontconfig fonts-dejavu-core",
          e);
    }
  }
}
