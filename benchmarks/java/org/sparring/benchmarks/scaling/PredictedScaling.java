package org.sparring.benchmarks.scaling;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Prints the step that {@link Prediction} expects on other machines.
 *
 * <pre>
 * PredictedScaling workers=8 own=2.6 gatherings=27 bytes=25.4e6 latency=0.003 bandwidth=3.7e8
 * </pre>
 *
 * Milliseconds, and bytes per millisecond.
 */
public final class PredictedScaling {
  private static final List<String> KEYS =
      List.of("workers", "own", "gatherings", "bytes", "latency", "bandwidth");

  private PredictedScaling() {}

  /** Prints one line of JSON. */
  public static void main(String[] arguments) {
    System.out.println(line(List.of(arguments)));
  }

  static String line(List<String> arguments) {
    Map<String, Double> values = new HashMap<>();
    for (String argument : arguments) {
      String[] pair = argument.split("=", 2);
      if (pair.length < 2 || !KEYS.contains(pair[0])) {
        throw new IllegalArgumentException(
            "expected KEY=NUMBER of " + KEYS + ", found " + argument);
      }
      values.put(pair[0], Double.parseDouble(pair[1]));
    }
    for (String key : KEYS) {
      if (!values.containsKey(key)) {
        throw new IllegalArgumentException("expected a value of " + key + ", found none");
      }
    }
    int workers = values.get("workers").intValue();
    double own = values.get("own");
    Prediction prediction =
        new Prediction(
            values.get("latency"),
            values.get("bandwidth"),
            values.get("gatherings").intValue(),
            values.get("bytes"));
    return String.format(
        Locale.ROOT,
        "{\"workers\":%d,\"step_ms\":%.2f,\"efficiency\":%.3f}",
        workers,
        prediction.step(workers, own),
        prediction.efficiency(workers, own));
  }
}
