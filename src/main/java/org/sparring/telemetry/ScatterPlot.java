package org.sparring.telemetry;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;

/**
 * A plot of generated points in the plane over the modes of the data. The panels form a row; each
 * shows the modes as circles of radius 3σ, points within a circle in blue and all others in
 * vermilion.
 *
 * @param title above all panels; may be empty
 * @param panels 1 to 8
 */
public record ScatterPlot(String title, List<Panel> panels) {
  private static final int SIDE = 440;
  private static final int LEFT = 56;
  private static final int RIGHT = 20;
  private static final int BOTTOM = 66;
  private static final int PANEL_TITLE = 34;
  private static final int TITLE = 40;

  /** Maximum number of panels. */
  public static final int MOST_PANELS = 8;

  /** Margin around the outermost modes, as a share of their extent. */
  private static final double MARGIN = 0.3;

  private static final double DOT = 2.6;
  private static final Color NEAR = new Color(0x00, 0x72, 0xB2, 90);
  private static final Color FAR = new Color(0xD5, 0x5E, 0x00, 130);
  private static final Color MODE = new Color(0x2B, 0x2F, 0x36, 170);
  private static final double RADIUS = 3;

  /**
   * The panel of one set of points.
   *
   * @param title text above the panel, such as the recipe and its score
   * @param modes centres of the modes, (K, 2), at least one
   * @param sigma standard deviation of each mode, positive
   * @param points generated points, (n, 2), row-major
   */
  public record Panel(String title, double[][] modes, double sigma, float[] points) {
    /** Radius of real points in a plot, as a share of their extent. */
    private static final double REAL = 0.01;

    /**
     * Returns a panel of generated points over real points, for data whose modes are not known.
     * Each real point is drawn like a mode.
     *
     * @param reals real points, (m, 2), row-major, at least one
     * @param points (n, 2), row-major
     */
    public static Panel over(String title, float[] reals, float[] points) {
      double[][] modes = new double[reals.length / 2][];
      double reach = 0;
      for (int i = 0; i < modes.length; i++) {
        modes[i] = new double[] {reals[2 * i], reals[2 * i + 1]};
        reach =
            Math.max(
                reach,
                Math.max(Math.abs(modes[i][0] - modes[0][0]), Math.abs(modes[i][1] - modes[0][1])));
      }
      return new Panel(title, modes, reach == 0 ? 1 : REAL * reach, points);
    }

    public Panel {
      Failure.require(modes.length >= 1, "A panel must have at least 1 mode", modes.length);
      Failure.require(
          sigma > 0 && Double.isFinite(sigma), "A panel's sigma must be positive", sigma);
      Failure.require(
          points.length % 2 == 0, "A panel's points have two coordinates each", points.length);
    }

    private boolean isNear(double x, double y) {
      for (double[] mode : modes) {
        if (Math.hypot(x - mode[0], y - mode[1]) < RADIUS * sigma) {
          return true;
        }
      }
      return false;
    }

    /** Returns the frame that contains the bounding square of the modes and a margin. */
    private PlotFrame frame(int left, int top) {
      double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
      double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
      for (double[] mode : modes) {
        for (int axis = 0; axis < 2; axis++) {
          low[axis] = Math.min(low[axis], mode[axis]);
          high[axis] = Math.max(high[axis], mode[axis]);
        }
      }
      double extent = Math.max(high[0] - low[0], high[1] - low[1]) / 2;
      double reach = Math.max(extent * (1 + MARGIN), 2 * RADIUS * sigma);
      return new PlotFrame(left, top, SIDE, (low[0] + high[0]) / 2, (low[1] + high[1]) / 2, reach);
    }
  }

  public ScatterPlot {
    int found = panels.size();
    Failure.require(
        found >= 1 && found <= MOST_PANELS, "A plot has 1 to " + MOST_PANELS + " panels", found);
    panels = List.copyOf(panels);
  }

  /** Writes the plot to a PNG file atomically. */
  public void write(Path file) {
    ImageGrid.write(draw(), file);
  }

  /** Draws the plot. */
  public BufferedImage draw() {
    int width = panels.size() * (LEFT + SIDE + RIGHT);
    return Drawing.sheet(width, top() + SIDE + BOTTOM, this::paint);
  }

  private int top() {
    return PANEL_TITLE + (title.isEmpty() ? 0 : TITLE);
  }

  private void paint(Graphics2D graphics) {
    int width = panels.size() * (LEFT + SIDE + RIGHT);
    if (!title.isEmpty()) {
      centred(graphics, title, Drawing.font(Font.BOLD, 18), width / 2, 30);
    }
    for (int i = 0; i < panels.size(); i++) {
      int left = i * (LEFT + SIDE + RIGHT) + LEFT;
      Panel panel = panels.get(i);
      PlotFrame frame = panel.frame(left, top());
      centred(graphics, panel.title(), Drawing.font(Font.PLAIN, 14), left + SIDE / 2, top() - 12);
      frame.drawGrid(graphics);
      int outside = drawPoints(graphics, panel, frame);
      drawModes(graphics, panel, frame);
      frame.drawAxes(graphics);
      drawLegend(graphics, left, top() + SIDE + 48, outside);
    }
  }

  /** Draws the points and returns the number of points outside the frame. */
  private static int drawPoints(Graphics2D graphics, Panel panel, PlotFrame frame) {
    int outside = 0;
    for (int i = 0; i < panel.points().length; i += 2) {
      double x = panel.points()[i];
      double y = panel.points()[i + 1];
      if (frame.shows(x, y)) {
        graphics.setColor(panel.isNear(x, y) ? NEAR : FAR);
        graphics.fill(circle(frame.x(x), frame.y(y), DOT / 2));
      } else {
        outside++;
      }
    }
    return outside;
  }

  private static void drawModes(Graphics2D graphics, Panel panel, PlotFrame frame) {
    graphics.setColor(MODE);
    for (double[] mode : panel.modes()) {
      double radius = frame.length(RADIUS * panel.sigma());
      graphics.draw(circle(frame.x(mode[0]), frame.y(mode[1]), radius));
    }
  }

  private static void drawLegend(Graphics2D graphics, int left, int baseline, int outside) {
    graphics.setFont(Drawing.font(Font.PLAIN, 12));
    FontMetrics metrics = graphics.getFontMetrics();
    int middle = baseline - metrics.getAscent() / 2 + 1;
    String[] words = {"mode, 3σ", "within 3σ", "further away", outside + " outside the frame"};
    int x = left;
    for (int i = 0; i < (outside == 0 ? 3 : 4); i++) {
      if (i < 3) {
        drawMark(graphics, i, x + 5, middle);
        x += 15;
      }
      graphics.setColor(i == 3 ? opaque(FAR) : Drawing.INK);
      graphics.drawString(words[i], x, baseline);
      x += metrics.stringWidth(words[i]) + 18;
    }
  }

  private static void drawMark(Graphics2D graphics, int kind, int x, int y) {
    graphics.setColor(new Color[] {MODE, opaque(NEAR), opaque(FAR)}[kind]);
    Shape mark = circle(x, y, kind == 0 ? 5 : 3.5);
    if (kind == 0) {
      graphics.draw(mark);
    } else {
      graphics.fill(mark);
    }
  }

  private static Color opaque(Color color) {
    return new Color(color.getRGB());
  }

  private static Shape circle(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  private static void centred(Graphics2D graphics, String text, Font font, int x, int baseline) {
    graphics.setFont(font);
    graphics.setColor(Drawing.INK);
    graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2, baseline);
  }
}
