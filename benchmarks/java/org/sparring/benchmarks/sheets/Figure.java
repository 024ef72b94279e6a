package org.sparring.benchmarks.sheets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An additional figure that a benchmark reports, such as a ratio of two alternating measurements.
 * The benchmark's process prints it, and the suite reads it from the output.
 *
 * @param name such as {@code ours/bare}
 * @param unit such as {@code ratio}
 * @param samples one per round
 */
public record Figure(String name, String unit, List<Double> samples) {
  private static final String MARK = "figure ";

  /** Prints a figure, for people and for the suite. */
  public static void print(String name, String unit, double... samples) {
    Figure figure = new Figure(name, unit, Arrays.stream(samples).boxed().sorted().toList());
    System.out.println(figure.line());
  }

  /** Prints the ratios of two measurements, round by round. */
  public static void printRatios(String name, double[] over, double[] under) {
    double[] ratios = new double[Math.min(over.length, under.length)];
    Arrays.setAll(ratios, i -> over[i] / under[i]);
    print(name, "ratio", ratios);
  }

  String line() {
    try {
      return MARK + new ObjectMapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a figure is always writable", e);
    }
  }

  /** Returns the figure in a line of a benchmark's output, if there is one. */
  public static Optional<Figure> in(String line) {
    if (!line.startsWith(MARK)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ObjectMapper().readValue(line.substring(MARK.length()), Figure.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Returns the median and the quartiles as text. */
  String summary() {
    Measured m = new Measured("", name, java.util.Map.of(), unit, samples.size(), samples, null);
    return String.format(
        Locale.ROOT,
        "%s: %.4g %s (quartiles %.4g to %.4g, %d)",
        name,
        m.median(),
        unit,
        m.quantile(0.25),
        m.quantile(0.75),
        samples.size());
  }
}
