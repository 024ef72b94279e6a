package org.sparring.benchmarks.suite;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.sparring.benchmarks.sheets.Measured;
import org.sparring.errors.TelemetryException;

/** Finds the benchmarks on the class path and runs each in a separate JVM. */
public final class Suite {
  /** One choice of benchmarks for {@code --quick}. */
  private record Quick(String benchmark, Map<String, String> params) {
    /**
     * Returns the values of the parameters; values that the user requested replace the default
     * ones.
     */
    Map<String, List<String>> values(Map<String, List<String>> asked) {
      Map<String, List<String>> values = new TreeMap<>();
      params.forEach((name, each) -> values.put(name, List.of(each.split(",", -1))));
      values.putAll(asked);
      return values;
    }
  }

  private static final int QUICK_ITERATIONS = 5;

  /**
   * The benchmarks of {@code --quick}, one figure of each kind; together they take about four
   * minutes on two idle cores.
   */
  private static final List<Quick> QUICK =
      List.of(
          new Quick("TrainingStepBenchmark.step", Map.of("rule", "alternating")),
          new Quick("TrainingStepBenchmark.step", Map.of("rule", "simultaneous")),
          new Quick(
              "TrainingStepBenchmark.step",
              Map.of("width", "8", "batch", "8", "rule", "alternating", "stepsPerRun", "128")),
          new Quick("LossBenchmark.loss", Map.of("loss", "non-saturating")),
          new Quick("PenaltyBenchmark.slope", Map.of("penalty", "none,r1")),
          new Quick("DataBenchmark.batch", Map.of()),
          new Quick("InputBenchmark.round", Map.of("width", "16", "steps", "5", "images", "512")),
          new Quick("CheckpointBenchmark.*", Map.of()),
          new Quick("InferenceBenchmark.*", Map.of("model", "dcgan-mnist")),
          new Quick("ThroughputBenchmark.batch", Map.of("batch", "1,64")),
          new Quick("FirstCallBenchmark.*", Map.of()),
          new Quick("ThreadsBenchmark.*", Map.of()),
          new Quick("ScoreBenchmark.score", Map.of("dimensions", "64")),
          new Quick("FeatureBenchmark.both", Map.of("side", "28")));

  private final SuiteDisplay display;
  private final Map<String, List<String>> params;

  /**
   * @param params values of parameters, for the benchmarks that have them
   * @param out shows figures as soon as they are measured
   * @param sink receives all figures measured so far after each new one, so that an interrupted run
   *     leaves results
   */
  public Suite(
      Map<String, List<String>> params,
      PrintWriter out,
      boolean verbose,
      Consumer<List<Measured>> sink) {
    this.params = params;
    display = new SuiteDisplay(out, verbose, sink);
  }

  /** Returns the names of all benchmarks, {@code Class.method}. */
  public static List<String> names() {
    return entries().stream().map(Suite::name).sorted().distinct().toList();
  }

  /** Returns the parameters with their values, by the benchmark's name. */
  public static Map<String, Map<String, String[]>> parameters() {
    return entries().stream()
        .collect(
            Collectors.toMap(
                Suite::name, e -> e.getParams().orElse(Map.of()), (first, other) -> first));
  }

  private static Set<BenchmarkListEntry> entries() {
    OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    return BenchmarkList.defaultList().getAll(silent, List.of());
  }

  private static String name(BenchmarkListEntry entry) {
    return SuiteDisplay.shortName(entry.getUsername());
  }

  /** Returns the benchmark names that contain a match of a pattern, ignoring case. */
  public static List<String> matching(String pattern) {
    Pattern wanted = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    return names().stream().filter(name -> wanted.matcher(name).find()).toList();
  }

  /** Runs benchmarks with their own settings. */
  public void run(List<String> names) {
    run(options(names), params);
  }

  /** Runs the quick selection of these benchmarks, with fewer iterations. */
  public void quick(List<String> names) {
    Set<Object> made = new HashSet<>();
    for (Quick quick : QUICK) {
      List<String> chosen = names.stream().filter(n -> n.matches(quick.benchmark())).toList();
      Map<String, List<String>> values = quick.values(params);
      if (!chosen.isEmpty() && made.add(List.of(chosen, values))) {
        run(
            options(chosen)
                .warmupIterations(1)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(QUICK_ITERATIONS)
                .measurementTime(TimeValue.seconds(1)),
            values);
      }
    }
  }

  /** Returns the benchmarks that are part of the quick selection. */
  public static List<String> inShort(List<String> names) {
    return names.stream()
        .filter(name -> QUICK.stream().anyMatch(quick -> name.matches(quick.benchmark())))
        .toList();
  }

  private static ChainedOptionsBuilder options(List<String> names) {
    ChainedOptionsBuilder options =
        new OptionsBuilder().shouldFailOnError(false).jvmArgsAppend("-Xshare:auto");
    names.forEach(name -> options.include("\\." + Pattern.quote(name) + "$"));
    return options;
  }

  private void run(ChainedOptionsBuilder options, Map<String, List<String>> values) {
    values.forEach((name, each) -> options.param(name, each.toArray(String[]::new)));
    PrintStream console = System.out;
    System.setOut(display.stream());
    try {
      new Runner(options.build(), display).run();
    } catch (RunnerException e) {
      String reason = String.valueOf(e.getMessage());
      throw new TelemetryException(
          reason.contains("JMH lock")
              ? "expected to be the only benchmark that runs, found another one\n"
                  + "Each would slow the other down: wait until it has ended."
              : "the benchmarks did not run: " + reason,
          e);
    } finally {
      System.setOut(console);
    }
  }

  /** Returns the figures. */
  public List<Measured> results() {
    return display.results();
  }

  /** Returns the benchmarks that failed. */
  public List<String> failed() {
    return new ArrayList<>(new TreeSet<>(display.failed()));
  }
}
