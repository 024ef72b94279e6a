package org.sparring.benchmarks.jmh;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
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
import org.sparring.assembly.Assembly;
import org.sparring.batches.SampleOrder;
import org.sparring.batches.SampleReading;
import org.sparring.batches.StreamedSamples;
import org.sparring.benchmarks.sheets.Figure;
import org.sparring.benchmarks.sheets.Rounds;
import org.sparring.data.Field;
import org.sparring.folders.FolderSource;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.sparring.recipes.RecipeReader;
import org.sparring.training.TrainingGraph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * One question: how much longer is a step that is fed from files than one whose images live on the
 * device?
 *
 * <p>A folder of PNG files of the net's size, in the system's cache. A round makes {@code steps}
 * steps of each kind, alternating in two sessions of one process. The first {@value #SETTLING}
 * steps of each kind do not count, because they use batches that were decoded while the other kind
 * ran. The ratio compares the times of one round. On a CPU the decoder competes with the step. The
 * processor time of decoding a batch, measured alone, divided by the processor time of a step is
 * printed next to the ratio; it is reliable on a busy machine too. Checked: both runs are at the
 * same step, and their losses are finite.
 *
 * <p>Expect: 1.00 to 1.02; the larger the net, the nearer to 1.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 9)
@Fork(1)
public class InputBenchmark {
  private static final int SETTLING = 3;

  /**
   * Number of batches that are decoded in one measured block, because the kernel counts processor
   * time in hundredths of a second.
   */
  private static final int BLOCK = 20;

  private static final int BLOCKS = 6;

  @Param({"64"})
  public int side;

  @Param({"64"})
  public int width;

  @Param({"64"})
  public int batch;

  @Param({"2048"})
  public int images;

  /** Steps of each kind in a round, after the steps that do not count. */
  @Param({"10"})
  public int steps;

  private PngFolder folder;
  private Run resident;
  private Run fed;
  private final Rounds residentTimes = new Rounds();
  private final Rounds fedTimes = new Rounds();
  private double[] decoding;

  /** A training run whose steps the benchmark makes itself. */
  private final class Run {
    private final TrainingGraph graph;
    private final Session session;
    private final Session.Runner step;

    Run(String residence) {
      Assembly assembly =
          new Assembly(
              new RecipeReader()
                  .set("data.side", String.valueOf(side))
                  .set("data.channels", "3")
                  .set("data.residence", residence)
                  .set("net.width", String.valueOf(width))
                  .set("batch", String.valueOf(batch))
                  .set("meters.steps", "0")
                  .recipe());
      graph = assembly.graph(FolderSource.open(folder.path(), side, 3));
      session = new Session(graph.graph(), assembly.session().config());
      session.run(graph.initialization());
      graph.samples().load(session);
      step =
          session
              .runner()
              .addTarget(graph.steps().plain().done())
              .fetch(graph.steps().plain().meters());
    }

    /** Returns milliseconds per step. */
    double time() {
      make(SETTLING);
      long start = System.nanoTime();
      make(steps);
      return (System.nanoTime() - start) * 1e-6 / steps;
    }

    private void make(int count) {
      for (int i = 0; i < count; i++) {
        try (Result result = step.run()) {
          if (!Float.isFinite(((TFloat32) result.get(0)).getFloat(0))) {
            throw new IllegalStateException("the game diverged: the figures are of no use");
          }
        }
      }
    }

    long done() {
      try (Result result = session.runner().fetch(graph.counter()).run()) {
        return ((TInt64) result.get(0)).getLong();
      }
    }

    void close() {
      graph.samples().close();
      session.close();
      graph.graph().close();
    }
  }

  @Setup(Level.Trial)
  public void open() {
    folder = new PngFolder(images, side);
    decoding = decodingAlone();
    resident = new Run("device");
    fed = new Run("stream");
  }

  /** Returns the processor time for decoding a batch without a training step, in milliseconds. */
  private double[] decodingAlone() {
    FolderSource source = FolderSource.open(folder.path(), side, 3);
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      Variable<TInt64> step = graph.variables().counter(Owner.RUN, "step");
      SampleOrder order = new SampleOrder(new Seeds(1), source.size());
      StreamedSamples samples =
          new StreamedSamples(tf, SampleReading.of(source, order, batch), 1, step);
      Operand<TInt64> position = tf.math.mul(step.read(tf), tf.constant((long) batch));
      Operand<TFloat32> found = samples.batch(tf, position).floats(Field.IMAGE);
      Op counted =
          step.assign(
              tf.withControlDependencies(found), tf.math.add(step.read(tf), tf.constant(1L)));
      graph.initialize();
      samples.load(graph.session());
      double[] times = new double[BLOCKS];
      for (int block = 0; block < BLOCKS; block++) {
        long before = processorTime();
        for (int i = 0; i < BLOCK; i++) {
          graph.run(counted);
        }
        times[block] = (processorTime() - before) * 1e-6 / BLOCK;
      }
      samples.close();
      return Arrays.copyOfRange(times, 1, BLOCKS);
    }
  }

  private static long processorTime() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Runs both kinds once. */
  @Benchmark
  public void round() {
    residentTimes.add(resident.time());
    fedTimes.add(fed.time());
  }

  @TearDown(Level.Iteration)
  public void check() {
    if (resident.done() != fed.done()) {
      throw new IllegalStateException(
          "resident at step " + resident.done() + ", fed at " + fed.done());
    }
  }

  @TearDown(Level.Trial)
  public void close() {
    double[] ofResident = residentTimes.measured(1);
    double processors = Runtime.getRuntime().availableProcessors();
    double step = Rounds.median(ofResident) * processors;
    Figure.print("resident", "ms", ofResident);
    Figure.print("fed", "ms", fedTimes.measured(1));
    Figure.printRatios("fed/resident", fedTimes.measured(1), ofResident);
    Figure.print("decoding a batch, processor", "ms", decoding);
    Figure.print(
        "decoding/step, processor", "ratio", Arrays.stream(decoding).map(d -> d / step).toArray());
    resident.close();
    fed.close();
    folder.close();
  }
}
