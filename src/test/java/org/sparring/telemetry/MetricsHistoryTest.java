package org.sparring.telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.TelemetryException;
import org.sparring.telemetry.MetricsHistory.Curve;

class MetricsHistoryTest {
  @TempDir private Path folder;

  @Test
  void whatWasToldIsReadBack() {
    Path file = folder.resolve("metrics.jsonl");
    try (MetricsFile metrics = MetricsFile.create(file)) {
      metrics.append(10, 0.5, Map.of("loss", 1.25));
      metrics.event(15, "checkpoint", "written");
      metrics.append(20, 1, Map.of("loss", Double.NaN, "late", Double.NEGATIVE_INFINITY));
    }
    MetricsHistory history = MetricsHistory.read(file);
    assertEquals(List.of("kimg", "late", "loss"), history.names());
    assertArrayEquals(new double[] {10, 20}, history.curve("loss").steps());
    assertArrayEquals(new double[] {1.25, Double.NaN}, history.curve("loss").values());
    assertArrayEquals(new double[] {20}, history.curve("late").steps());
    assertArrayEquals(new double[] {Double.NEGATIVE_INFINITY}, history.curve("late").values());
  }

  @Test
  void aTornLastLineIsLeftOut() throws Exception {
    Path file = folder.resolve("metrics.jsonl");
    try (MetricsFile metrics = MetricsFile.create(file)) {
      metrics.append(1, 0, Map.of("loss", 2.0));
    }
    Files.writeString(file, "{\"step\":2,\"loss\":1", StandardOpenOption.APPEND);
    assertArrayEquals(new double[] {2}, MetricsHistory.read(file).curve("loss").values());
  }

  @Test
  void anUnknownScalarAndAMissingFileAreRefused() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty"));
    MetricsHistory history = MetricsHistory.read(empty);
    assertTrue(history.names().isEmpty());
    assertThrows(TelemetryException.class, () -> history.curve("loss"));
    assertThrows(TelemetryException.class, () -> MetricsHistory.read(folder.resolve("no")));
  }

  /** Windows of three: (1+2)/2, (1+2+6)/3, (2+6+3)/3, (6+3)/2; of two: each with its next. */
  @Test
  void aCurveIsSmoothedByTheMeanAroundEachValue() {
    Curve curve = new Curve(new double[] {1, 2, 3, 4}, new double[] {1, 2, 6, 3});
    double[] three = {1.5, 3, 11 / 3.0, 4.5};
    assertArrayEquals(three, curve.smoothed(3).values(), 1e-12);
    assertArrayEquals(new double[] {1.5, 4, 4.5, 3}, curve.smoothed(2).values(), 1e-12);
    assertArrayEquals(curve.values(), curve.smoothed(1).values());
    assertArrayEquals(new double[] {3, 3, 3, 3}, curve.smoothed(100).values(), 1e-12);
    assertThrows(TelemetryException.class, () -> curve.smoothed(0));
  }

  @Test
  void linesAreDrawnInTheirColoursAndOpenWhereAValueIsNotFinite() {
    double[] steps = {1, 2, 3, 4};
    Map<String, Curve> curves = new LinkedHashMap<>();
    curves.put("a", new Curve(steps, new double[] {1, Double.POSITIVE_INFINITY, 3, 4}));
    curves.put("b", new Curve(steps, new double[] {4, 3, 2, Double.NaN}));
    LinePlot.Panel panel = new LinePlot.Panel("loss", curves);
    var plot = new LinePlot("title", List.of(panel, panel)).draw();
    assertEquals(1280, plot.getWidth());
    int blue = 0;
    int vermilion = 0;
    for (int x = 0; x < 640; x++) {
      for (int y = 0; y < 400; y++) {
        int rgb = plot.getRGB(x, y) & 0xFFFFFF;
        blue += rgb == 0x0072B2 ? 1 : 0;
        vermilion += rgb == 0xD55E00 ? 1 : 0;
      }
    }
    assertTrue(blue > 20 && vermilion > 20, blue + " and " + vermilion + " pixels");
  }

  @Test
  void aPlotOfOneValueIsDrawnAndOneOfNoneIsRefused() {
    Curve one = new Curve(new double[] {7}, new double[] {0.5});
    LinePlot.Panel panel = new LinePlot.Panel("loss", Map.of("run", one));
    assertEquals(640, new LinePlot("", List.of(panel)).draw().getWidth());
    Curve none = new Curve(new double[] {7}, new double[] {Double.NaN});
    assertThrows(TelemetryException.class, () -> new LinePlot.Panel("loss", Map.of("run", none)));
    assertThrows(TelemetryException.class, () -> new LinePlot.Panel("loss", Map.of()));
    assertThrows(TelemetryException.class, () -> new LinePlot("", List.of()));
  }
}
