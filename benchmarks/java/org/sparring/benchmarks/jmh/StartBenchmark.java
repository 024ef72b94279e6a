package org.sparring.benchmarks.jmh;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.sparring.benchmarks.sheets.Figure;
import org.sparring.benchmarks.sheets.Rounds;

/**
 * One question: how long does a user wait for the first image of a model, and for the first
 * training step?
 *
 * <p>A round starts the launcher once in each {@link Start}, each in a new process; the order is
 * reversed in every second round. {@code sample} is the time from the start of the launcher until
 * it has written a PNG file and ended. {@code train} is the time from the start of the JVM until
 * the first training step is done, as the command reports it. The ratios compare the times of one
 * round. JMH's own figure is a whole round.
 *
 * <p>Checked: the file can be decoded, or one step was made; and all starts give the same image, or
 * the same losses.
 *
 * <p>Expect: .7 to .9 with the archive of classes, .8 to .95 with the natives as files, and some
 * seconds where JavaCPP must unpack the natives first.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 7)
@Fork(1)
public class StartBenchmark {
  /** The ways to start. */
  enum Start {
    /** As a user starts it: an archive of classes, natives as files. */
    LAUNCHER,
    /** With Java's own archive only, which has no classes of libraries. */
    NO_ARCHIVE,
    /** The natives are searched by JavaCPP, in a cache into which they were unpacked before. */
    CACHE,
    /** The natives are unpacked first, into an empty cache. */
    EMPTY_CACHE,
    /** As {@link #LAUNCHER}, but the files are no longer in the system's file cache. */
    FROM_DISK;

    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** What is waited for. */
  @Param({"sample", "train"})
  public String until;

  private final Map<Start, Rounds> times = new EnumMap<>(Start.class);
  private LaunchedProcess launched;
  private boolean reversed;

  @Setup
  public void open() {
    launched = new LaunchedProcess(until.equals("train"));
    launched.fillCache();
    for (Start start : Start.values()) {
      times.put(start, new Rounds());
    }
  }

  /** Starts one process in each way. */
  @Benchmark
  public String round() {
    List<Start> order = new ArrayList<>(List.of(Start.values()));
    if (!launched.canForgetFiles()) {
      order.remove(Start.FROM_DISK);
    }
    if (reversed) {
      Collections.reverse(order);
    }
    reversed = !reversed;
    TreeSet<String> results = new TreeSet<>();
    for (Start start : order) {
      times.get(start).add(launched.milliseconds(start));
      results.add(launched.result());
    }
    if (results.size() != 1) {
      throw new IllegalStateException("expected the same result of each start, found " + results);
    }
    return results.first();
  }

  @TearDown
  public void tell() {
    if (!launched.canForgetFiles()) {
      times.remove(Start.FROM_DISK);
    }
    times.forEach((start, rounds) -> Figure.print(start.words(), "ms", rounds.measured(1)));
    double[] launcher = times.get(Start.LAUNCHER).measured(1);
    for (Start other : List.of(Start.NO_ARCHIVE, Start.CACHE, Start.EMPTY_CACHE)) {
      Figure.printRatios("launcher/" + other.words(), launcher, times.get(other).measured(1));
    }
    Figure.print("unpacked", "MB", launched.megabytesUnpacked());
    launched.close();
  }
}
