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
 * Monitors the first GPU with nvidia-smi while steps are run.
 *
 * <p>Busy is the tool's {@code utilization.gpu}: the share of its last sampling period in which at
 * least one kernel ran. Memory is the maximum in use on the card by all processes. TensorFlow
 * allocates it in growing pieces and does not release it, so with several configurations in one
 * process a later figure includes the maximum of earlier ones.
 */
public final class GpuMeter implements AutoCloseable {
  private static final List<String> COMMAND =
      List.of(
          // unbuffered lines, because buffered output is lost when the tool is stopped
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

  /** Starts monitoring; returns empty if the tool is not installed. */
  public static Optional<GpuMeter> start() {
    try {
      ProcessBuilder builder = new ProcessBuilder(COMMAND);
      return Optional.of(
          new GpuMeter(builder.redirectError(ProcessBuilder.Redirect.DISCARD).start()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Stops monitoring and returns the figures; empty if there were none, for example without a
   * driver.
   */
  public Optional<GpuUse> stop() {
    close();
    return use(lines.join());
  }

  /** Stops monitoring without returning figures; further calls do nothing. */
  @Override
  public void close() {
    tool.destroy();
  }

  /**
   * Summarises the tool's output.
   *
   * @param lines lines such as {@code NVIDIA H100, 97, 10240}: name, per cent, MiB; other lines are
   *     skipped
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
      // the tool was stopped in the middle of a line: return the lines read so far
      return lines;
    }
    return lines;
  }
}
