package org.sparring.benchmarks.peers;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.sparring.benchmarks.timing.Spread;

/**
 * The comparison as a picture: how many steps an engine makes while Sparring's alternating rule
 * makes one. Whiskers are half the distance of the quartiles over the rounds.
 */
final class RatioPlot {
  private static final Color OURS = new Color(0x1b6ca8);
  private static final Color OTHERS = new Color(0xa9b4be);
  private static final Color INK = new Color(0x333333);
  private static final int DPI = 160;

  private RatioPlot() {}

  static void write(Plan plan, RoundTimes rounds, Path file) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(860)
            .height(480)
            .title("Training steps made while Sparring makes one: " + plan.net())
            .yAxisTitle("higher is faster")
            .xAxisTitle(
                "alternating unless named otherwise, on the CPU; median and quartiles of "
                    + plan.rounds()
                    + " alternating rounds")
            .build();
    style(chart.getStyler());
    List<Engine> shown = plan.engines().stream().filter(e -> ratio(rounds, e).isPresent()).toList();
    add(chart, "Sparring", shown, rounds, true, OURS);
    add(chart, "other libraries", shown, rounds, false, OTHERS);
    try {
      BitmapEncoder.saveBitmapWithDPI(chart, file.toString(), BitmapEncoder.BitmapFormat.PNG, DPI);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Spread> ratio(RoundTimes rounds, Engine engine) {
    return rounds.ratio(Engine.SPARRING_ALTERNATING, engine);
  }

  private static void add(
      CategoryChart chart,
      String name,
      List<Engine> engines,
      RoundTimes rounds,
      boolean ours,
      Color colour) {
    List<String> names = engines.stream().map(Engine::title).toList();
    List<Double> medians = new ArrayList<>();
    List<Double> whiskers = new ArrayList<>();
    for (Engine engine : engines) {
      Spread ratio = ratio(rounds, engine).orElseThrow();
      boolean mine = engine.isOurs() == ours;
      medians.add(mine ? ratio.median() : null);
      whiskers.add(mine ? (ratio.upperQuartile() - ratio.lowerQuartile()) / 2 : null);
    }
    chart.addSeries(name, names, medians, whiskers).setFillColor(colour);
  }

  private static void style(CategoryStyler styler) {
    styler.setOverlapped(true).setAvailableSpaceFill(0.6);
    styler.setLabelsVisible(true).setLabelsPosition(0.5);
    styler.setLabelsFont(new Font(Font.SANS_SERIF, Font.BOLD, 13));
    styler.setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Horizontal);
    styler.setXAxisLabelRotation(25); // a dozen names do not fit beside each other
    styler.setXAxisLabelAlignment(TextAlignment.Right);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setErrorBarsColor(INK);
    styler.setYAxisDecimalPattern("0.00");
    styler.setYAxisMin(0.0);
    styler.setXAxisTickMarkSpacingHint(40);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setPlotBorderVisible(false);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartFontColor(INK);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
  }
}
