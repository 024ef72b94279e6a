package org.sparring.benchmarks.timing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.sparring.benchmarks.timing.Measurement.GpuUse;

/**
 * Watches the first GPU through NVIDIA's own tool while steps are made.
 *
 * <p>Busy is the tool's {@code utilization.gpu}: the share of its last sampling period in which at
 * least one kernel ran. Memory is the most that was in use on the card, by all processes:
 * TensorFlow takes it in growing pieces and does not give it back, so that of configurations in one
 * process a later one's figure holds the largest so far.
 */
public final class GpuMeter implements AutoCloseable {
  private static final List<String> COMMAND =
      List.of(
          // line by line: what waits in a buffer is lost when the tool is ended
          "stdbuf",
          "-oL",
          "nvidia-smi",
          "--id=0",
          "--query-gpu=name,utilization.gpu,memory.used",
          "--format=csv,noheader,nounits",
          "--loop-ms=100");

  private final Process tool;
  private final CompletableFuture<List<String>> lines;

  private GpuMeter(Process tool) {
    this.tool = tool;
    lines = CompletableFuture.supplyAsync(() -> read(tool));
  }

  /** Begins to watch; empty where the tool is not installed. */
  public static Optional<GpuMeter> start() {
    try {
      ProcessBuilder builder = new ProcessBuilder(COMMAND);
      return Optional.of(
          new GpuMeter(builder.redirectError(ProcessBuilder.Redirect.DISCARD).start()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Ends watching; empty if nothing was seen, as without a driver. */
  public Optional<GpuUse> stop() {
    close();
    return use(lines.join());
  }

  /** Ends watching without an answer; a second time does nothing. */
  @Override
  public void close() {
    tool.destroy();
  }

  /**
   * @param lines as {@code NVIDIA H100, 97, 10240}: name, per cent, MiB; others are passed over
   */
  static Optional<GpuUse> use(List<String> lines) {
    List<String[]> seen =
        lines.stream().map(line -> line.split(",\\s*")).filter(GpuMeter::isSample).toList();
    if (seen.isEmpty()) {
      return Optional.empty();
    }
    double busy = numbers(seen, 1).average().orElseThrow() / 100;
    double peak = numbers(seen, 2).max().orElseThrow();
    return Optional.of(new GpuUse(seen.get(0)[0], busy, peak));
  }

  private static boolean isSample(String[] fields) {
    return fields.length == 3
        && Stream.of(fields[1], fields[2]).allMatch(f -> f.matches("\\d+(\\.\\d+)?"));
  }

  private static DoubleStream numbers(List<String[]> seen, int field) {
    return seen.stream().mapToDouble(fields -> Double.parseDouble(fields[field]));
  }

  private static List<String> read(Process tool) {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = tool.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException | UncheckedIOException e) {
      // the tool was ended in the middle of a line: what was read is what there is
      return lines;
    }
    return lines;
  }
}
