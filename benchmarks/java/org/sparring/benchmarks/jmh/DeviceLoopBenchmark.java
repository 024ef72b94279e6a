package org.sparring.benchmarks.jmh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.sparring.benchmarks.sheets.Figure;
import org.sparring.benchmarks.steps.StepCount;
import org.sparring.data.GlyphSource;
import org.sparring.recipes.RecipeReader;
import org.sparring.recipes.Recipes;
import org.sparring.training.DeviceLoop;
import org.sparring.training.Step;
import org.sparring.training.TrainingGraph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * One question: what does a step cost in a device loop of K steps, relative to the same step in a
 * separate call?
 *
 * <p>A round makes the same number of steps by single calls, by runs of 16 and by runs of 128,
 * alternating in one session of one graph, so that a process on another core slows all three. The
 * printed ratio is the median over rounds of (loop ÷ single) within a round, with its quartiles.
 * Other processes slow the larger net most, so on a busy machine only ratios far from 1 are
 * meaningful.
 *
 * <p>Each round is checked: the step counter must have moved by exactly the steps made, and every
 * meter must be finite. {@code DeviceLoopTest} checks that the weights are bit-identical.
 *
 * <p>Expect: the smaller the net, the more the loop saves: a tenth of the tiny net's step, almost
 * nothing for dcgan-32.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 9)
@Fork(1)
public class DeviceLoopBenchmark {
  private static final int[] SIZES = {1, 16, 128};
  private static final Map<String, Net> NETS =
      Map.of(
          "tiny-8", new Net(8, 4, 8, 512),
          "ring", new Net(0, 0, 0, 128),
          "dcgan-16", new Net(16, 16, 16, 256),
          "dcgan-32", new Net(32, 64, 64, 128));

  private record Net(int side, int width, int batch, int steps) {}

  @Param({"tiny-8", "ring", "dcgan-16", "dcgan-32"})
  public String net;

  @Param({"none", "r1"})
  public String penalty;

  /** Value of {@code device.onednn}. */
  @Param({"auto"})
  public String onednn;

  private Net chosen;
  private TrainingGraph training;
  private Session session;
  private DeviceLoop loop;
  private long done;
  private float[] meters;
  private final Map<Integer, List<Double>> times = new LinkedHashMap<>();

  @Setup(Level.Trial)
  public void open() {
    chosen = NETS.get(net);
    boolean ring = net.equals("ring");
    RecipeReader reader =
        new RecipeReader()
            .set("data.side", String.valueOf(chosen.side))
            .set("net.width", String.valueOf(chosen.width))
            .set("batch", String.valueOf(chosen.batch))
            .set("device.onednn", onednn)
            .set("meters.steps", "0");
    if (!penalty.equals("none")) {
      reader.set("penalty.kind", penalty).set("penalty.every", "16");
      reader.set("net.discriminator_norm", "none");
    }
    Assembly assembly =
        new Assembly(ring ? Recipes.load(net).set("meters.steps=0").recipe() : reader.recipe());
    training =
        assembly.graph(ring ? assembly.data().first() : new GlyphSource(4096, chosen.side, 1, 1));
    session = new Session(training.graph(), assembly.session().config());
    session.run(training.initialization());
    training.samples().load(session);
    meters = new float[128 * training.steps().meters().size()];
    loop = new DeviceLoop(training.graph(), session, training.steps().phase(1));
  }

  /** Makes the same number of steps with each number of steps per call. */
  @Benchmark
  public float[] round() {
    for (int size : SIZES) {
      long start = System.nanoTime();
      for (int made = 0; made < chosen.steps; made += size) {
        if (size == 1) {
          single();
        } else {
          loop.run(done, size, meters);
        }
        done += size;
      }
      double nanos = (System.nanoTime() - start) / (double) chosen.steps;
      times.computeIfAbsent(size, s -> new ArrayList<>()).add(nanos);
    }
    return meters;
  }

  private void single() {
    Step step = training.steps().at(done + 1);
    try (Result result = session.runner().addTarget(step.done()).fetch(step.meters()).run()) {
      TFloat32 found = (TFloat32) result.get(0);
      found.asRawTensor().data().asFloats().read(meters, 0, training.steps().meters().size());
    }
  }

  @TearDown(Level.Iteration)
  public void check() {
    StepCount.require(training, session, done);
    for (float meter : meters) {
      if (!Float.isFinite(meter)) {
        throw new IllegalStateException("the game diverged: the figures are of no use");
      }
    }
  }

  @TearDown(Level.Trial)
  public void close() {
    double[] singles = warm(1);
    Figure.print("a single call", "ms", Arrays.stream(singles).map(t -> t * 1e-6).toArray());
    for (int size : SIZES) {
      if (size > 1) {
        Figure.printRatios("K=" + size + "/single", warm(size), singles);
      }
    }
    loop.close();
    session.close();
    training.graph().close();
  }

  /** Returns the times without the rounds that build kernels. */
  private double[] warm(int size) {
    List<Double> all = times.get(size);
    return all.stream().skip(Math.min(2, all.size() - 1)).mapToDouble(t -> t).toArray();
  }
}
