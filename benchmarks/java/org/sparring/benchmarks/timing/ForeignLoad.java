package org.sparring.benchmarks.timing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * The load of other processes on the machine: busy time of all processors minus the processor time
 * of this process and its children, divided by wall time, in processors. A process that keeps one
 * of two cores busy counts as 1. Linux reports it in ticks of 10 ms; other systems do not.
 */
public final class ForeignLoad {
  private static final Path MACHINE = Path.of("/proc/stat");
  private static final Path SELF = Path.of("/proc/self/stat");
  private static final double TICK = 0.01; // seconds

  private final long startNanos = System.nanoTime();
  private final long startTicks = foreignTicks();

  /** Returns the mean load since this object was created, in processors. */
  public OptionalDouble processors() {
    long now = foreignTicks();
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    return startTicks < 0 || now < 0 || seconds <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.max(0, (now - startTicks) * TICK / seconds));
  }

  /** Returns the mean load as a share of all processors of the machine, in [0, 1]. */
  public OptionalDouble share() {
    OptionalDouble processors = processors();
    if (processors.isEmpty()) {
      return processors;
    }
    try {
      double all = processorsOf(Files.readString(MACHINE));
      return OptionalDouble.of(Math.min(1, processors.getAsDouble() / Math.max(1, all)));
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }

  /** Returns the number of processors listed in {@code stat}. */
  static long processorsOf(String stat) {
    return stat.lines().filter(line -> line.matches("cpu\\d+ .*")).count();
  }

  private static long foreignTicks() {
    if (!Files.isReadable(MACHINE) || !Files.isReadable(SELF)) {
      return -1;
    }
    try {
      return busy(Files.readString(MACHINE)) - own(Files.readString(SELF));
    } catch (IOException e) {
      return -1;
    }
  }

  /**
   * Returns the ticks during which processors were busy.
   *
   * @param stat text whose first line is {@code cpu user nice system idle iowait irq softirq steal
   *     …}
   */
  static long busy(String stat) {
    String[] fields = stat.lines().findFirst().orElseThrow().trim().split("\\s+");
    return sum(fields, 1, 2, 3, 6, 7, 8);
  }

  /**
   * Returns the ticks of a process and of the children that it waited for.
   *
   * @param stat {@code pid (name) state …}; the name may contain spaces and brackets
   */
  static long own(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).trim().split("\\s+");
    return sum(fields, 11, 12, 13, 14);
  }

  private static long sum(String[] fields, int... places) {
    long sum = 0;
    for (int place : places) {
      sum += Long.parseLong(fields[place]);
    }
    return sum;
  }
}
