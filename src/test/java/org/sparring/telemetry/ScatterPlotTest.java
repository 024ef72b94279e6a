package org.sparring.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.TelemetryException;
import org.sparring.telemetry.ScatterPlot.Panel;

class ScatterPlotTest {
  private static final double[][] MODES = {{-1, 0}, {1, 0}};

  @Test
  void aFrameShowsThePlaneUpwardsAndAtOneScale() {
    PlotFrame frame = new PlotFrame(100, 50, 400, 0, 1, 2);
    assertEquals(100, frame.x(-2));
    assertEquals(500, frame.x(2));
    assertEquals(50, frame.y(3), "the top of the window");
    assertEquals(450, frame.y(-1));
    assertEquals(100, frame.length(1));
    assertTrue(frame.shows(2, -1));
    assertTrue(!frame.shows(2.1, 0) && !frame.shows(0, 3.1) && !frame.shows(Double.NaN, 0));
  }

  @Test
  void ticksAreOneTwoOrFiveTimesAPowerOfTen() {
    assertEquals(0.5, new PlotFrame(0, 0, 9, 0, 0, 1.3).step(), 1e-12);
    assertEquals(2, new PlotFrame(0, 0, 9, 0, 0, 5.2).step(), 1e-12);
    assertEquals(1000, new PlotFrame(0, 0, 9, 0, 0, 3000).step(), 1e-9);
    assertEquals(0.01, new PlotFrame(0, 0, 9, 0, 0, 0.03).step(), 1e-12);
  }

  /** The frame reaches to 1.3 with 440 pixels: the mode (1, 0) lies 389 right of its left side. */
  @Test
  void pointsAreBlueWithinAModeAndVermilionElsewhere() {
    float[] points = {1, 0, 0, 0.5f, 90, 0};
    BufferedImage plot = new ScatterPlot("", List.of(new Panel("p", MODES, 0.05, points))).draw();
    Color near = new Color(plot.getRGB(56 + 389, 34 + 220));
    Color far = new Color(plot.getRGB(56 + 220, 34 + 220 - 85));
    assertTrue(near.getBlue() > near.getRed() + 50, near.toString());
    assertTrue(far.getRed() > far.getBlue() + 50, far.toString());
    assertEquals(Color.WHITE, new Color(plot.getRGB(2, 2)));
  }

  @Test
  void panelsStandInARowBelowTheTitle() {
    Panel panel = new Panel("p", MODES, 0.05, new float[0]);
    BufferedImage one = new ScatterPlot("", List.of(panel)).draw();
    BufferedImage three = new ScatterPlot("title", List.of(panel, panel, panel)).draw();
    assertEquals(3 * one.getWidth(), three.getWidth());
    assertTrue(three.getHeight() > one.getHeight());
  }

  @Test
  void aSingleModeHasAFrameToo() {
    Panel panel = new Panel("one", new double[][] {{5, 5}}, 1, new float[] {5, 5});
    assertTrue(new ScatterPlot("", List.of(panel)).draw().getWidth() > 0);
  }

  @Test
  void theFileIsAPng(@TempDir Path folder) throws Exception {
    ScatterPlot plot =
        new ScatterPlot("t", List.of(new Panel("p", MODES, 0.05, new float[] {1, 0})));
    plot.write(folder.resolve("new/plot.png"));
    BufferedImage read = ImageIO.read(folder.resolve("new/plot.png").toFile());
    assertEquals(plot.draw().getWidth(), read.getWidth());
  }

  @Test
  void whatCannotBeDrawnIsRefused() {
    assertThrows(TelemetryException.class, () -> new ScatterPlot("", List.of()));
    assertThrows(TelemetryException.class, () -> new Panel("", MODES, 0, new float[2]));
    assertThrows(TelemetryException.class, () -> new Panel("", MODES, 1, new float[3]));
    assertThrows(TelemetryException.class, () -> new Panel("", new double[0][], 1, new float[2]));
  }
}
