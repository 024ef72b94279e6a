package org.sparring.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
import org.sparring.inference.GeneratorModel;

/**
 * One question: what do loading a model and its first call cost, and does {@code warmUp} remove the
 * cost of the first call?
 *
 * <p>Each round loads the model again in a process that has already loaded the natives, and
 * measures {@code load}, the first call, the second call, and for another copy of the model the
 * first call after {@code warmUp}. Checked: all calls give the same images.
 *
 * <p>Expect: the first call takes some tens of times as long as the second; after {@code warmUp} as
 * long as the second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 15)
@Fork(1)
public class FirstCallBenchmark {
  @Param({"dcgan-mnist"})
  public String model;

  private final Rounds load = new Rounds();
  private final Rounds first = new Rounds();
  private final Rounds second = new Rounds();
  private final Rounds warmUp = new Rounds();
  private final Rounds warmed = new Rounds();
  private long watch;

  @Setup(Level.Iteration)
  public void start() {
    watch = System.nanoTime();
  }

  @Benchmark
  public float firstCall() {
    float found;
    lap();
    try (GeneratorModel loaded = GeneratorModel.load(ServedModel.folder(model))) {
      load.add(lap());
      found = loaded.sample(1, 1).values()[0];
      first.add(lap());
      loaded.sample(1, 1);
      second.add(lap());
    }
    try (GeneratorModel loaded = GeneratorModel.load(ServedModel.folder(model))) {
      lap();
      loaded.warmUp();
      warmUp.add(lap());
      float again = loaded.sample(1, 1).values()[0];
      warmed.add(lap());
      if (again != found) {
        throw new IllegalStateException("one call gave " + found + ", another " + again);
      }
    }
    return found;
  }

  /** Returns the nanoseconds since the last call. */
  private double lap() {
    long now = System.nanoTime();
    double took = (double) (now - watch);
    watch = now;
    return took;
  }

  @TearDown(Level.Trial)
  public void tell() {
    Figure.print("load", "ms", load.measured(1e-6));
    Figure.print("first call", "ms", first.measured(1e-6));
    Figure.print("second call", "ms", second.measured(1e-6));
    Figure.print("warm-up", "ms", warmUp.measured(1e-6));
    Figure.print("first call behind warm-up", "ms", warmed.measured(1e-6));
  }
}
