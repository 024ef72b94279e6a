package org.sparring.telemetry;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.sparring.telemetry.MetricsHistory.Curve;

/**
 * A plot of scalars over training steps: one panel for each scalar, in a row, and in each panel one
 * line for each run.
 *
 * @param title above all panels; may be empty
 * @param panels 1 to 8
 */
public record LinePlot(String title, List<Panel> panels) {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 420;
  private static final int TITLE = 44;
  private static final int MOST_PANELS = 8;
  private static final float LINE = 1.6f;

  /**
   * The panel of one scalar.
   *
   * @param scalar name of the scalar
   * @param curves curves by the name of their run, in the order of the legend; each has a finite
   *     value
   */
  public record Panel(String scalar, Map<String, Curve> curves) {
    public Panel {
      Failure.require(!curves.isEmpty(), "A panel must have at least 1 curve", 0);
      curves.forEach(
          (run, curve) ->
              Failure.require(
                  Arrays.stream(curve.values()).anyMatch(Double::isFinite),
                  "A curve must have a finite value",
                  "none in " + scalar + " of " + run));
    }
  }

  public LinePlot {
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
    return Drawing.sheet(panels.size() * WIDTH, HEIGHT + top(), this::paint);
  }

  private int top() {
    return title.isEmpty() ? 0 : TITLE;
  }

  private void paint(Graphics2D graphics) {
    if (!title.isEmpty()) {
      graphics.setFont(Drawing.font(Font.BOLD, 18));
      graphics.setColor(Drawing.INK);
      int width = graphics.getFontMetrics().stringWidth(title);
      graphics.drawString(title, (panels.size() * WIDTH - width) / 2, 32);
    }
    for (int i = 0; i < panels.size(); i++) {
      Graphics2D place = (Graphics2D) graphics.create(i * WIDTH, top(), WIDTH, HEIGHT);
      chart(panels.get(i)).paint(place, WIDTH, HEIGHT);
      place.dispose();
    }
  }

  private static XYChart chart(Panel panel) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(panel.scalar())
            .xAxisTitle("step")
            .build();
    style(chart.getStyler(), panel.curves().size());
    panel
        .curves()
        .forEach(
            (run, curve) -> {
              XYSeries series = chart.addSeries(run, steps(curve), values(curve));
              series.setMarker(
                  curve.steps().length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
              series.setLineStyle(
                  new BasicStroke(LINE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            });
    return chart;
  }

  /**
   * Returns the steps with one additional point, half-way to the first and without a value. XChart
   * places ticks at the points if they are equally spaced (for example at 420 and 840); the
   * additional point makes it choose round numbers.
   */
  private static double[] steps(Curve curve) {
    return withFirst(curve.steps()[0] / 2, curve.steps());
  }

  /**
   * Returns the values with gaps where a value is not finite, because an infinity would flatten the
   * rest of the curve.
   */
  private static double[] values(Curve curve) {
    double[] values = withFirst(Double.NaN, curve.values());
    return Arrays.stream(values).map(v -> Double.isFinite(v) ? v : Double.NaN).toArray();
  }

  private static double[] withFirst(double first, double[] others) {
    return DoubleStream.concat(DoubleStream.of(first), Arrays.stream(others)).toArray();
  }

  private static void style(XYStyler styler, int curves) {
    styler.setChartBackgroundColor(Drawing.PAPER);
    styler.setPlotBackgroundColor(Drawing.PAPER);
    styler.setPlotBorderColor(Drawing.AXIS);
    styler.setPlotGridLinesColor(Drawing.FAINT);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setAxisTickMarksColor(Drawing.AXIS);
    styler.setAxisTickLabelsColor(Drawing.INK);
    styler.setChartFontColor(Drawing.INK);
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitleFont(Drawing.font(Font.PLAIN, 15));
    styler.setAxisTitleFont(Drawing.font(Font.PLAIN, 13));
    styler.setAxisTickLabelsFont(Drawing.font(Font.PLAIN, 12));
    styler.setLegendFont(Drawing.font(Font.PLAIN, 12));
    styler.setLegendVisible(curves > 1);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBorderColor(new Color(0, true));
    styler.setLegendBackgroundColor(Drawing.PAPER);
    styler.setSeriesColors(Drawing.series());
    styler.setXAxisMin(0.0);
    styler.setXAxisTickLabelsFormattingFunction(step -> String.format(Locale.ROOT, "%,.0f", step));
    styler.setXAxisTickMarkSpacingHint(90);
    styler.setAxisTicksLineVisible(false);
    styler.setPlotMargin(0);
    styler.setChartPadding(14);
  }
}
