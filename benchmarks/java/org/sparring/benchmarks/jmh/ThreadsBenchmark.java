package org.sparring.benchmarks.jmh;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
import org.sparring.inference.BatchLimits;
import org.sparring.inference.MicroBatcher;

/**
 * One question: how many images per second do 16 threads get that request one image each, relative
 * to one caller that makes the same number of requests one after the other?
 *
 * <p>A round makes the same number of requests by one caller, by threads on one model, and by
 * threads through a {@link MicroBatcher}, alternating. Checked: each request returns the image of
 * its seed, up to rounding.
 *
 * <p>Expect: above 1 for threads on the model if a small call leaves cores idle; several times more
 * through the batcher, because a run of 16 images costs twice a run of one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 9)
@Fork(1)
public class ThreadsBenchmark {
  private static final int EACH = 50;

  @Param({"dcgan-mnist"})
  public String model;

  @Param({"16"})
  public int threads;

  private ServedModel served;
  private MicroBatcher batcher;
  private ExecutorService pool;
  private float[] expected;
  private final Rounds one = new Rounds();
  private final Rounds many = new Rounds();
  private final Rounds gathered = new Rounds();

  /** A way to request an image. */
  private interface Call {
    void sample(long seed, FloatBuffer into);
  }

  @Setup(Level.Trial)
  public void open() {
    served = new ServedModel(model);
    batcher = new MicroBatcher(served.model, BatchLimits.DEFAULT);
    pool = Executors.newFixedThreadPool(threads);
    expected = new float[EACH];
    for (int seed = 0; seed < EACH; seed++) {
      expected[seed] = served.model.sample(seed, 1).values()[0];
    }
  }

  @Benchmark
  public void requests() throws InterruptedException, ExecutionException {
    Call direct = (seed, into) -> served.model.sample(seed, 1, into);
    Call batched = (seed, into) -> batcher.sample(seed, 1, into);
    one.add(threads * EACH / seconds(() -> ask(direct, threads)));
    many.add(threads * EACH / seconds(() -> ask(direct)));
    gathered.add(threads * EACH / seconds(() -> ask(batched)));
  }

  private interface Work {
    void run() throws InterruptedException, ExecutionException;
  }

  private static double seconds(Work work) throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) * 1e-9;
  }

  private void ask(Call call) throws InterruptedException, ExecutionException {
    List<Future<?>> asking = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      asking.add(pool.submit(() -> ask(call, 1)));
    }
    for (Future<?> each : asking) {
      each.get();
    }
  }

  /** Makes requests one after the other. */
  private void ask(Call call, int times) {
    FloatBuffer into = FloatBuffer.allocate(served.each());
    for (int i = 0; i < times * EACH; i++) {
      int seed = i % EACH;
      call.sample(seed, into.clear());
      if (!(Math.abs(into.get(0) - expected[seed]) <= 1e-4f)) {
        throw new IllegalStateException("seed " + seed + " gave another image");
      }
    }
  }

  @TearDown(Level.Trial)
  public void close() {
    Figure.print("one caller", "images/s", one.measured(1));
    Figure.print("threads", "images/s", many.measured(1));
    Figure.print("batcher", "images/s", gathered.measured(1));
    Figure.printRatios("threads/one caller", many.measured(1), one.measured(1));
    Figure.printRatios("batcher/one caller", gathered.measured(1), one.measured(1));
    pool.shutdown();
    batcher.close();
    served.close();
  }
}
