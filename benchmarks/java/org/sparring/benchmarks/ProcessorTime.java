package org.sparring.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Processor time as the kernel counts it, in ticks: of the whole machine, and of this process with
 * its children that have ended.
 *
 * @param busy of all processors, what was stolen by a host included
 * @param idle of all processors
 * @param own of this process and of what it waited for
 */
record ProcessorTime(long busy, long idle, long own) {
  private static final int IDLE = 3;
  private static final int IO_WAIT = 4;
  private static final int STOLEN = 7;

  /** As the kernel tells below {@code proc}; empty where it does not, as on macOS. */
  static Optional<ProcessorTime> now(Path proc) {
    try {
      String[] all =
          Files.readString(proc.resolve("stat")).lines().findFirst().orElse("").split(" +");
      long busy = 0;
      long idle = 0;
      for (int i = 0; i <= STOLEN; i++) {
        long ticks = Long.parseLong(all[1 + i]);
        if (i == IDLE || i == IO_WAIT) {
          idle += ticks;
        } else {
          busy += ticks;
        }
      }
      return Optional.of(new ProcessorTime(busy, idle, own(proc)));
    } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** utime, stime, cutime and cstime: fields 14 to 17; the name before them may hold blanks. */
  private static long own(Path proc) throws IOException {
    String stat = Files.readString(proc.resolve("self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long sum = 0;
    for (int field = 14; field <= 17; field++) {
      sum += Long.parseLong(fields[field - 3]);
    }
    return sum;
  }

  /** What others took of all there was since an earlier reading, from 0 to 1. */
  double foreignSince(ProcessorTime before) {
    long took = busy - before.busy;
    long total = took + idle - before.idle;
    double foreign = took - (own - before.own);
    return total <= 0 ? 0 : Math.max(0, Math.min(1, foreign / total));
  }
}
