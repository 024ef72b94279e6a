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

/**
 * One question: how long does a call for a given number of images take, into a reused buffer?
 *
 * <p>Images per second are the batch size divided by the time. Checked: the last image equals the
 * bare call's.
 *
 * <p>Expect: a call for 16 images takes twice as long as a call for one, because most of a small
 * call is TensorFlow's own dispatch; above about a hundred images the time grows in proportion.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class ThroughputBenchmark {
  @Param({"dcgan-mnist"})
  public String model;

  @Param({"1", "8", "64", "512"})
  public int batch;

  private ServedModel served;
  private FloatBuffer into;

  @Setup(Level.Trial)
  public void open() {
    served = new ServedModel(model);
    served.prepare(1, batch);
    served.model.warmUp(batch);
    into = FloatBuffer.allocate(batch * served.each());
  }

  @Benchmark
  public float batch() {
    served.model.sample(1, batch, into.clear());
    return into.get(0);
  }

  @TearDown(Level.Trial)
  public void close() {
    served.requireEqual(into.array());
    served.close();
  }
}
