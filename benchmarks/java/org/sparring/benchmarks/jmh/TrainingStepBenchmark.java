package org.sparring.benchmarks.jmh;

import java.util.Map;
import java.util.TreeMap;
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
import org.sparring.benchmarks.steps.StepCount;
import org.sparring.data.GlyphSource;
import org.sparring.data.ImageSource;
import org.sparring.recipes.RecipeReader;
import org.sparring.training.StepRunner;
import org.sparring.training.TrainingGraph;
import org.sparring.training.TrainingLoop;
import org.tensorflow.Session;

/**
 * One question: how long does one step take with all features that a user has on: batch selection
 * on the device, meters, batch statistics, the weight average?
 *
 * <p>The parameters are a recipe's: {@code -p side=64 -p channels=3 -p batch=64,128} selects other
 * nets, {@code -p stepsPerRun=128} selects the device loop, whose time is reported per step.
 *
 * <p>Hazards. A step is some thousand native calls on TensorFlow's own threads, so the JVM's
 * compiler has little influence and a process on another core has much: run it on a quiet machine,
 * and compare two sets of figures only if their runs alternated. The first steps build kernels and
 * belong to the warm-up. Each iteration is checked: the step counter must have moved by exactly the
 * steps counted, and the losses must be finite.
 *
 * <p>Expect: the simultaneous rule takes less time than the alternating one, which passes the
 * generated batch through the discriminator twice; time nearly proportional to width².
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 4)
@Fork(1)
public class TrainingStepBenchmark {
  /**
   * Number of images: enough that no batch repeats within an iteration, and few enough to be drawn
   * quickly.
   */
  private static final int IMAGES = 4096;

  @Param({"simultaneous", "alternating"})
  public String rule;

  @Param({"dcgan"})
  public String net;

  /** Side of the images in pixels: 28, 32, 64 or 128. */
  @Param({"32"})
  public int side;

  @Param({"1"})
  public int channels;

  @Param({"64"})
  public int width;

  @Param({"64"})
  public int batch;

  @Param({"non-saturating"})
  public String loss;

  /**
   * A value of {@code penalty.kind}; with a penalty the discriminator has no batch normalisation.
   */
  @Param({"none"})
  public String penalty;

  @Param({"1"})
  public int penaltyEvery;

  @Param({"float32"})
  public String precision;

  @Param({"off"})
  public String jit;

  @Param({"auto"})
  public String onednn;

  /** Training steps per device call. */
  @Param({"1"})
  public int stepsPerRun;

  private TrainingGraph training;
  private Session session;
  private StepRunner stepper;
  private long done;

  @Setup(Level.Trial)
  public void open() {
    RecipeReader reader = new RecipeReader();
    keys().forEach(reader::set);
    Assembly assembly = new Assembly(reader.recipe());
    ImageSource source = new GlyphSource(IMAGES, side, channels, 1);
    training = assembly.graph(source);
    session = new Session(training.graph(), assembly.session().config());
    session.run(training.initialization());
    training.samples().load(session);
    stepper = new StepRunner(training, session);
  }

  private Map<String, String> keys() {
    Map<String, String> keys = new TreeMap<>();
    keys.put("data.side", String.valueOf(side));
    keys.put("data.channels", String.valueOf(channels));
    keys.put("game.rule", rule);
    keys.put("net.kind", net);
    keys.put("net.width", String.valueOf(width));
    keys.put("batch", String.valueOf(batch));
    keys.put("loss.kind", loss);
    keys.put("penalty.kind", penalty);
    if (!penalty.equals("none")) {
      keys.put("penalty.every", String.valueOf(penaltyEvery));
      keys.put("net.discriminator_norm", "none");
    }
    keys.put("device.precision", precision);
    keys.put("device.jit", jit);
    keys.put("device.onednn", onednn);
    return keys;
  }

  /** Makes the same call as {@link TrainingLoop}. */
  @Benchmark
  public float[] step() {
    float[] meters = stepper.run(done, stepsPerRun);
    done += stepsPerRun;
    for (int i = 0; i < stepsPerRun * training.steps().meters().size(); i++) {
      if (!Float.isFinite(meters[i])) {
        throw new IllegalStateException("the game diverged: the figures are of no use");
      }
    }
    return meters;
  }

  @TearDown(Level.Iteration)
  public void check() {
    StepCount.require(training, session, done);
  }

  @TearDown(Level.Trial)
  public void close() {
    stepper.close();
    session.close();
    training.graph().close();
  }
}
