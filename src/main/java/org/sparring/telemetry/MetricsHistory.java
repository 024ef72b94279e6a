package org.sparring.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sparring.errors.TelemetryException;

/**
 * Reads the scalars that a run logged in its {@link MetricsFile}. Skips events and a last line that
 * is still being written.
 */
public final class MetricsHistory {
  private static final Set<String> OWN_KEYS = Set.of("step", "time", "event", "message");

  private final Map<String, List<double[]>> scalars = new TreeMap<>();

  private MetricsHistory() {}

  /**
   * A scalar over the steps of a run.
   *
   * @param steps steps, (n), ascending
   * @param values values, (n), including NaN and infinities as logged
   */
  public record Curve(double[] steps, double[] values) {

    /**
     * Returns the moving average: the mean of the n values around each value, of fewer at both
     * ends; n = 1 changes nothing.
     */
    public Curve smoothed(int n) {
      Failure.require(n >= 1, "A curve is smoothed over at least 1 value", n);
      double[] smooth = new double[values.length];
      for (int i = 0; i < smooth.length; i++) {
        int from = Math.max(0, i - (n - 1) / 2);
        int to = Math.min(values.length, i + n / 2 + 1);
        for (int j = from; j < to; j++) {
          smooth[i] += values[j] / (to - from);
        }
      }
      return new Curve(steps, smooth);
    }
  }

  /**
   * Reads a metrics file.
   *
   * @throws TelemetryException if the file cannot be read
   */
  public static MetricsHistory read(Path file) {
    MetricsHistory history = new MetricsHistory();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      lines.lines().map(MetricsLine::parsed).forEach(history::add);
    } catch (IOException e) {
      throw new TelemetryException("Cannot read " + file + ": " + e.getMessage() + ".", e);
    }
    return history;
  }

  /** Returns the names of the scalars, sorted. */
  public List<String> names() {
    return List.copyOf(scalars.keySet());
  }

  /** Returns the curve of a scalar; {@code name} must be one of {@link #names()}. */
  public Curve curve(String name) {
    List<double[]> points = scalars.get(name);
    Failure.require(points != null, "A scalar must be one of " + String.join(", ", names()), name);
    double[] steps = points.stream().mapToDouble(point -> point[0]).toArray();
    double[] values = points.stream().mapToDouble(point -> point[1]).toArray();
    return new Curve(steps, values);
  }

  private void add(JsonNode line) {
    if (line.isObject() && line.path("step").isNumber() && !line.has("event")) {
      double step = line.get("step").doubleValue();
      line.properties().stream()
          .filter(field -> !OWN_KEYS.contains(field.getKey()))
          .forEach(field -> add(field.getKey(), step, field.getValue()));
    }
  }

  private void add(String name, double step, JsonNode value) {
    if (value.isNumber()) {
      add(name, step, value.doubleValue());
    } else if (Set.of("NaN", "Infinity", "-Infinity").contains(value.asText())) {
      add(name, step, Double.parseDouble(value.asText()));
    }
  }

  private void add(String name, double step, double value) {
    scalars.computeIfAbsent(name, n -> new ArrayList<>()).add(new double[] {step, value});
  }
}
