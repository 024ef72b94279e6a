package org.sparring.benchmarks.jmh;

import java.nio.FloatBuffer;
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

/**
 * One question: what overhead does Sparring add to a bare call of TensorFlow Java, for one image?
 *
 * <p>A round makes {@value #CALLS} calls of each kind, alternating: bare calls with prepared
 * tensors and images that are not copied; {@code sample} into a reused buffer; {@code sample} into
 * a new array. A round's figure is the ratio of the medians of its calls. Checked: both give the
 * same images.
 *
 * <p>Expect: below 1 into a buffer, because Sparring prepares reusable objects once; a few percent
 * above 1 with an array.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 15)
@Measurement(iterations = 15)
@Fork(1)
public class InferenceBenchmark {
  private static final int CALLS = 200;

  @Param({"dcgan-mnist", "dcgan-emoji"})
  public String model;

  private ServedModel served;
  private FloatBuffer into;
  private final Rounds bare = new Rounds();
  private final Rounds buffer = new Rounds();
  private final Rounds array = new Rounds();

  @Setup(Level.Trial)
  public void open() {
    served = new ServedModel(model);
    into = FloatBuffer.allocate(served.each());
    served.requireEqual(served.model.sample(1, 1).values());
  }

  /** Alternates calls of each kind. */
  @Benchmark
  public float latency() {
    double[] ofBare = new double[CALLS];
    double[] ofBuffer = new double[CALLS];
    double[] ofArray = new double[CALLS];
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      served.bareCall().close();
      ofBare[i] = System.nanoTime() - start;
      start = System.nanoTime();
      served.model.sample(1, 1, into.clear());
      ofBuffer[i] = System.nanoTime() - start;
      start = System.nanoTime();
      served.model.sample(1, 1);
      ofArray[i] = System.nanoTime() - start;
    }
    bare.add(Rounds.median(ofBare));
    buffer.add(Rounds.median(ofBuffer));
    array.add(Rounds.median(ofArray));
    return into.get(0);
  }

  @TearDown(Level.Trial)
  public void close() {
    served.requireEqual(into.array());
    Figure.print("bare p50", "us", bare.measured(1e-3));
    Figure.print("buffer p50", "us", buffer.measured(1e-3));
    Figure.printRatios("buffer/bare p50", buffer.measured(1), bare.measured(1));
    Figure.printRatios("array/bare p50", array.measured(1), bare.measured(1));
    served.close();
  }
}
