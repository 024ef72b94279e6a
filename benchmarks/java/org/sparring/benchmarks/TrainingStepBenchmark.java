package org.sparring.benchmarks;

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
import org.sparring.data.GlyphSource;
import org.sparring.data.ImageSource;
import org.sparring.experiment.Assembly;
import org.sparring.experiment.RecipeReader;
import org.sparring.training.TrainingGraph;
import org.sparring.training.TrainingLoop;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * One question: how long does one step of a DCGAN take, with everything on that a user has on –
 * batch choice on the device, meters, batch statistics, the weight average?
 *
 * <p>Hazards. A step is some thousand native calls on TensorFlow's own threads, so the JVM's
 * compiler matters little and a neighbour on another core matters much: run it on a quiet machine,
 * and compare two sets of figures only where they were taken in turns. The first steps build
 * kernels and belong to the warm-up. Each iteration is checked: the step counter must have moved by
 * exactly the steps counted, and the losses must be finite.
 *
 * <p>Expect: the simultaneous rule below the alternating one, which passes the generated batch
 * through the discriminator twice; time nearly proportional to width².
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 4)
@Fork(1)
public class TrainingStepBenchmark {
  /** Enough that no batch repeats within an iteration, few enough to draw at once. */
  private static final int IMAGES = 4096;

  @Param({"simultaneous", "alternating"})
  public String rule;

  @Param({"32"})
  public int side;

  @Param({"1"})
  public int channels;

  @Param({"64"})
  public int width;

  @Param({"64"})
  public int batch;

  private TrainingGraph training;
  private Session session;
  private Session.Runner step;
  private long stepsBefore;
  private long stepsCounted;
  private final float[] meters = new float[8];

  @Setup(Level.Trial)
  public void open() {
    Assembly assembly =
        new Assembly(
            new RecipeReader()
                .set("game.rule", rule)
                .set("net.width", String.valueOf(width))
                .set("batch", String.valueOf(batch))
                .recipe());
    ImageSource source = new GlyphSource(IMAGES, side, channels, 1);
    training = assembly.graph(source);
    session = new Session(training.graph(), assembly.session().config());
    session.run(training.initialization());
    training.samples().load(session);
    step =
        session
            .runner()
            .addTarget(training.steps().plain().done())
            .fetch(training.steps().plain().meters());
  }

  @Setup(Level.Iteration)
  public void count() {
    stepsBefore = stepsDone();
    stepsCounted = 0;
  }

  /** The same call that {@link TrainingLoop} makes. */
  @Benchmark
  public float[] step() {
    try (Result result = step.run()) {
      ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(meters);
    }
    stepsCounted++;
    return meters;
  }

  @TearDown(Level.Iteration)
  public void check() {
    long moved = stepsDone() - stepsBefore;
    if (moved != stepsCounted) {
      throw new IllegalStateException(stepsCounted + " steps counted, " + moved + " steps made");
    }
    for (float meter : meters) {
      if (!Float.isFinite(meter)) {
        throw new IllegalStateException("the game diverged: the figures are of no use");
      }
    }
  }

  @TearDown(Level.Trial)
  public void close() {
    session.close();
    training.graph().close();
  }

  private long stepsDone() {
    try (Result result = session.runner().fetch(training.counter()).run()) {
      return ((TInt64) result.get(0)).getLong();
    }
  }
}
