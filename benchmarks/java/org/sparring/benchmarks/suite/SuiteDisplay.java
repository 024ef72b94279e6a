package org.sparring.benchmarks.suite;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.util.Statistics;
import org.sparring.benchmarks.sheets.Comparison;
import org.sparring.benchmarks.sheets.Figure;
import org.sparring.benchmarks.sheets.Measured;
import org.sparring.benchmarks.timing.ForeignLoad;

/**
 * Receives the output of JMH and the benchmarks, keeps the figures, and shows one line per figure.
 *
 * <p>A parameter {@value #STEPS} is the number of operations per call: times are per operation.
 */
final class SuiteDisplay implements OutputFormat {
  static final String STEPS = "stepsPerRun";

  private static final int REASONS = 3;

  private final PrintWriter out;
  private final boolean verbose;
  private final Consumer<List<Measured>> sink;
  private final Map<String, Map<String, String[]>> defaults = Suite.parameters();
  private final List<Measured> results = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final StringBuilder line = new StringBuilder();
  private ForeignLoad load = new ForeignLoad();
  private BenchmarkParams running;

  /**
   * @param sink receives all figures measured so far after each new one
   */
  SuiteDisplay(PrintWriter out, boolean verbose, Consumer<List<Measured>> sink) {
    this.out = out;
    this.verbose = verbose;
    this.sink = sink;
  }

  List<Measured> results() {
    return results;
  }

  /** Returns the benchmarks that did not finish or whose check failed. */
  List<String> failed() {
    return failed;
  }

  @Override
  public void startBenchmark(BenchmarkParams params) {
    running = params;
    figures.clear();
    lines.clear();
    out.println(name(params) + unusual(params));
    out.flush();
    load = new ForeignLoad();
  }

  @Override
  public void endBenchmark(BenchmarkResult result) {
    Double foreign = foreign();
    if (result == null || result.getIterationResults().isEmpty()) {
      failed.add(name(running) + unusual(running));
      reasons().forEach(reason -> out.println("  failed: " + reason));
    } else {
      keep(time(result.getParams(), result.getPrimaryResult(), foreign));
      figures.forEach(figure -> keep(measured(figure, foreign)));
      sink.accept(results);
    }
    out.flush();
  }

  /**
   * Returns the share of processor time of other processes, rounded to a thousandth; null if it is
   * not known.
   */
  private Double foreign() {
    OptionalDouble share = load.share();
    return share.isEmpty() ? null : Math.round(share.getAsDouble() * 1000) / 1000.0;
  }

  /** The messages of the benchmark process, without blank lines and stack frames. */
  private List<String> reasons() {
    return lines.stream()
        .filter(said -> !said.isBlank() && !said.matches("[\\s#<].*"))
        .limit(REASONS)
        .toList();
  }

  private void keep(Measured measured) {
    results.add(measured);
    out.printf(
        Locale.ROOT,
        "  %s %.4g %s (quartiles %.4g to %.4g of %d)%s%n",
        measured.figure(),
        measured.median(),
        measured.unit(),
        measured.quantile(0.25),
        measured.quantile(0.75),
        measured.count(),
        Comparison.isBusy(measured)
            ? String.format(Locale.ROOT, " * others took %.0f %%", 100 * measured.foreignCpu())
            : "");
  }

  private Measured time(BenchmarkParams params, Result<?> result, Double foreign) {
    Statistics found = result.getStatistics();
    String steps = params.getParam(STEPS);
    double each = steps == null ? 1 : Double.parseDouble(steps);
    List<Double> samples =
        Measured.thinned(found.getRawData(), found.getN()).stream().map(s -> s / each).toList();
    return new Measured(
        name(params),
        Measured.TIME,
        params(params),
        result.getScoreUnit(),
        found.getN(),
        samples,
        foreign);
  }

  private Measured measured(Figure figure, Double foreign) {
    return new Measured(
        name(running),
        figure.name(),
        params(running),
        figure.unit(),
        figure.samples().size(),
        figure.samples(),
        foreign);
  }

  /** Returns the class and method, {@code Class.method}. */
  static String name(BenchmarkParams params) {
    return shortName(params.getBenchmark());
  }

  static String shortName(String benchmark) {
    int method = benchmark.lastIndexOf('.');
    return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
  }

  private static Map<String, String> params(BenchmarkParams params) {
    Map<String, String> found = new TreeMap<>();
    params.getParamsKeys().forEach(key -> found.put(key, params.getParam(key)));
    return found;
  }

  /** The parameters whose values differ from the defaults of the benchmark. */
  private String unusual(BenchmarkParams params) {
    Map<String, String[]> usual = defaults.getOrDefault(name(params), Map.of());
    StringBuilder listed = new StringBuilder();
    params(params)
        .forEach(
            (key, value) -> {
              String[] values = usual.getOrDefault(key, new String[0]);
              if (values.length != 1 || !values[0].equals(value)) {
                listed.append(' ').append(key).append('=').append(value);
              }
            });
    return listed.toString();
  }

  /** Handles a line of output of the benchmark's process. */
  private void line(String found) {
    lines.add(found);
    Optional<Figure> figure = Figure.in(found);
    figure.ifPresent(figures::add);
    if (verbose && figure.isEmpty()) {
      out.println("    " + found);
    }
  }

  /**
   * Returns a stream whose text is passed to this object. JMH prints the output of a benchmark's
   * process to its own stream.
   */
  PrintStream stream() {
    return new PrintStream(
        new OutputStream() {
          @Override
          public void write(int single) {
            write(new byte[] {(byte) single}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            print(new String(bytes, offset, length, StandardCharsets.UTF_8));
          }
        },
        true,
        StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void print(String text) {
    String[] parts = text.split("\n", -1);
    for (int i = 0; i < parts.length; i++) {
      line.append(parts[i]);
      if (i < parts.length - 1) {
        line(line.toString().stripTrailing());
        line.setLength(0);
      }
    }
  }

  @Override
  public void println(String text) {
    print(text + "\n");
  }

  @Override
  public void verbosePrintln(String text) {}

  @Override
  public void write(int single) {
    print(String.valueOf((char) single));
  }

  @Override
  public void write(byte[] bytes) {
    print(new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public void iteration(BenchmarkParams params, IterationParams iteration, int number) {}

  @Override
  public void iterationResult(
      BenchmarkParams params, IterationParams iteration, int number, IterationResult result) {}

  @Override
  public void startRun() {}

  @Override
  public void endRun(Collection<RunResult> all) {}

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
