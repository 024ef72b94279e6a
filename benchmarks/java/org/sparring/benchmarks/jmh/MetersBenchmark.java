package org.sparring.benchmarks.jmh;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongToDoubleFunction;
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
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.recipes.Recipes;
import org.sparring.training.Probe;
import org.sparring.training.Steps;
import org.sparring.training.TrainingGraph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * One question: what share of a training run's time do the meters cost?
 *
 * <p>A round is the steps between two readings, each timed separately, then a reading and the step
 * after it, which may find the caches cold. The cost is the median of that pair minus the median
 * step, divided by the median time of a round's steps. Steps and readings alternate in one session
 * of one graph, so a process on another core slows both. JMH's own figure is a whole round; the
 * cost is printed when the trial ends, with the quartiles of the readings.
 *
 * <p>Each round is checked: the step counter must have moved by exactly the steps made, every meter
 * must be finite, and a reading must not move the counter.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 15)
@Fork(1)
public class MetersBenchmark {
  private static final Map<String, List<String>> RUNS =
      Map.of(
          "dcgan-glyphs", List.of("data.source=glyphs:4096"),
          "dcgan-glyphs wide", List.of("data.source=glyphs:4096", "net.width=64"),
          "ring", List.of());

  @Param({"dcgan-glyphs", "dcgan-glyphs wide", "ring"})
  public String run;

  private TrainingGraph training;
  private Session session;
  private Steps steps;
  private Probe probe;
  private Recipe recipe;
  private long done;
  private boolean measuring;
  private final Times stepTimes = new Times();
  private final Times pairTimes = new Times();

  @Setup(Level.Trial)
  public void open() {
    RecipeReader reader = Recipes.load(run.split(" ", 2)[0]);
    RUNS.get(run).forEach(reader::set);
    recipe = reader.recipe();
    Assembly assembly = new Assembly(recipe);
    training = assembly.graph(assembly.data());
    session = new Session(training.graph(), assembly.session().config());
    session.run(training.initialization());
    training.samples().load(session);
    steps = training.steps();
    probe = training.probe().orElseThrow();
  }

  /** Makes the calls of a run from one reading to the next. */
  @Benchmark
  public Map<String, Double> round() {
    for (long i = 0; i < recipe.meters().steps(); i++) {
      stepTimes.add(step(), measuring);
    }
    long start = System.nanoTime();
    Map<String, Double> read = probe.read(session);
    step();
    pairTimes.add(System.nanoTime() - start, measuring);
    read.forEach(MetersBenchmark::requireFinite);
    return read;
  }

  /** Makes one step and returns its nanoseconds. */
  private long step() {
    done++;
    long start = System.nanoTime();
    var step = steps.at(done);
    try (Result result = session.runner().addTarget(step.done()).fetch(step.meters()).run()) {
      requireFinite("d_loss", (double) ((TFloat32) result.get(0)).getFloat(0));
    }
    return System.nanoTime() - start;
  }

  private static void requireFinite(String name, Double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalStateException(name + " is " + value + ": the figures are of no use");
    }
  }

  @TearDown(Level.Iteration)
  public void check() {
    StepCount.require(training, session, done);
    // three iterations of warm-up build kernels
    measuring = done >= 3 * (recipe.meters().steps() + 1);
  }

  @TearDown(Level.Trial)
  public void close() {
    double step = stepTimes.quantile(0.5);
    Figure.print("a step", "ms", stepTimes.each(nanos -> nanos * 1e-6));
    Figure.print("a reading", "ms", pairTimes.each(nanos -> (nanos - step) * 1e-6));
    double round = recipe.meters().steps() * step;
    Figure.print("readings/steps", "ratio", pairTimes.each(nanos -> (nanos - step) / round));
    session.close();
    training.graph().close();
  }

  /** A list of times in nanoseconds, from which quantiles are computed. */
  private static final class Times {
    private long[] times = new long[0];

    void add(long nanos, boolean counts) {
      if (counts) {
        times = Arrays.copyOf(times, times.length + 1);
        times[times.length - 1] = nanos;
      }
    }

    double[] each(LongToDoubleFunction function) {
      return Arrays.stream(times).mapToDouble(function).toArray();
    }

    double quantile(double share) {
      long[] sorted = times.clone();
      Arrays.sort(sorted);
      return sorted[(int) (share * (sorted.length - 1))];
    }
  }
}
