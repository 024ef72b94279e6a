package org.sparring.benchmarks.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sparring.benchmarks.timing.CallTiming;
import org.sparring.benchmarks.timing.Spread;

/**
 * Times the calls of one exported generator through Sparring and through ONNX Runtime, alternating,
 * each run in a separate process, after comparing their pixels. {@code inference.sh} starts it.
 */
public final class InferenceComparison {
  private static final List<Integer> BATCHES = List.of(1, 64);
  private static final int THREADS = 2;

  /** Largest difference of a pixel in [−1, 1]. */
  private static final float TOLERANCE = 1e-4f;

  private final Path models;
  private final Map<CallEngine, List<List<CallTiming>>> rounds = new EnumMap<>(CallEngine.class);

  private InferenceComparison(Path models) {
    this.models = models;
  }

  /**
   * @param args folder of the models, number of rounds
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 2) {
      throw new IllegalArgumentException("expected FOLDER ROUNDS");
    }
    InferenceComparison comparison = new InferenceComparison(Path.of(args[0]));
    for (int round = 0; round < Integer.parseInt(args[1]); round++) {
      comparison.measure();
    }
    comparison.print();
  }

  private void measure() throws IOException, InterruptedException {
    for (CallEngine engine : CallEngine.values()) {
      List<CallTiming> timings = run(engine);
      rounds.computeIfAbsent(engine, e -> new ArrayList<>()).add(timings);
      for (int i = 0; engine.isExact() && i < timings.size(); i++) {
        requireSame(rounds.get(CallEngine.SPARRING).get(0).get(i), timings.get(i));
      }
    }
  }

  private List<CallTiming> run(CallEngine engine) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(engine.command(models, THREADS, BATCHES));
    builder.environment().put("CLASSPATH", engine.classPath());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    List<CallTiming> timings =
        output.lines().filter(line -> line.startsWith("{")).map(CallTiming::fromJson).toList();
    if (timings.size() != BATCHES.size()) {
      throw new IllegalStateException(
          engine.label() + ": expected " + BATCHES.size() + " timings, found exit code " + exit);
    }
    return timings;
  }

  /**
   * @throws IllegalStateException if a pixel differs by more than the tolerance
   */
  static void requireSame(CallTiming expected, CallTiming found) {
    float worst = expected.pixels().length == found.pixels().length ? 0 : Float.POSITIVE_INFINITY;
    for (int i = 0; i < expected.pixels().length && worst <= TOLERANCE; i++) {
      worst = Math.max(worst, Math.abs(expected.pixels()[i] - found.pixels()[i]));
    }
    if (!(worst <= TOLERANCE)) {
      throw new IllegalStateException(
          found.engine() + ": expected the pixels of " + expected.engine() + ", found " + worst);
    }
  }

  private void print() {
    System.out.println(
        "| " + models.getFileName() + " | images | ms a call | ÷ ONNX Runtime | foreign cores |");
    System.out.println("|---|--:|--:|--:|--:|");
    for (int i = 0; i < BATCHES.size(); i++) {
      for (CallEngine engine : CallEngine.values()) {
        print(engine, i);
      }
    }
  }

  private void print(CallEngine engine, int batch) {
    List<CallTiming> ours = timings(engine, batch);
    List<CallTiming> theirs = timings(engine.peer(), batch);
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ours.size(); round++) {
      ratios.add(ours.get(round).callMs().median() / theirs.get(round).callMs().median());
    }
    Spread ms = Spread.of(ours.stream().map(t -> t.callMs().median()).toList());
    double foreign =
        ours.stream()
            .filter(t -> t.foreignCores() != null)
            .mapToDouble(CallTiming::foreignCores)
            .max()
            .orElse(Double.NaN);
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %s | %s | %.2f |%n",
        engine.label(),
        BATCHES.get(batch),
        shown(ms, "%.2f"),
        engine.isOurs() ? shown(Spread.of(ratios), "%.3f") : "1",
        foreign);
  }

  private List<CallTiming> timings(CallEngine engine, int batch) {
    return rounds.get(engine).stream().map(timings -> timings.get(batch)).toList();
  }

  /** median (lower quartile to upper quartile). */
  private static String shown(Spread s, String format) {
    return String.format(
        Locale.ROOT,
        format + " (" + format + "–" + format + ")",
        s.median(),
        s.lowerQuartile(),
        s.upperQuartile());
  }
}
