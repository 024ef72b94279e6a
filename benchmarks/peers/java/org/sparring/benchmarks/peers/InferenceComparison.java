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
        "| " + models.getFileName() + " | images | ms a call | ÷ ONNX Runtime | clean rounds |");
    System.out.println("|---|--:|--:|--:|--:|");
    for (int i = 0; i < BATCHES.size(); i++) {
      for (CallEngine engine : CallEngine.values()) {
        print(engine, i);
      }
    }
  }

  /** Prints the rounds in which neither the engine nor its peer had a neighbour. */
  private void print(CallEngine engine, int batch) {
    List<Double> milliseconds = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    int all = rounds.get(engine).size();
    for (int round = 0; round < all; round++) {
      CallTiming ours = rounds.get(engine).get(round).get(batch);
      CallTiming theirs = rounds.get(engine.peer()).get(round).get(batch);
      if (isClean(ours) && isClean(theirs)) {
        milliseconds.add(ours.callMs().median());
        ratios.add(ours.callMs().median() / theirs.callMs().median());
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %s | %s | %d of %d |%n",
        engine.label(),
        BATCHES.get(batch),
        shown(milliseconds, "%.2f"),
        engine.isOurs() ? shown(ratios, "%.3f") : "1",
        ratios.size(),
        all);
  }

  private static boolean isClean(CallTiming timing) {
    return timing.foreignCores() == null || timing.foreignCores() <= RoundTimes.MOST_FOREIGN_CORES;
  }

  /** median (lower quartile to upper quartile). */
  private static String shown(List<Double> values, String format) {
    if (values.isEmpty()) {
      return "–";
    }
    Spread s = Spread.of(values);
    return String.format(
        Locale.ROOT,
        format + " (" + format + "–" + format + ")",
        s.median(),
        s.lowerQuartile(),
        s.upperQuartile());
  }
}
