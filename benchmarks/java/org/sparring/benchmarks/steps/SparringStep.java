package org.sparring.benchmarks.steps;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sparring.assembly.Assembly;
import org.sparring.assembly.TaskData;
import org.sparring.benchmarks.sheets.Versions;
import org.sparring.benchmarks.timing.Contender;
import org.sparring.benchmarks.timing.StepClock;
import org.sparring.benchmarks.timing.StepClock.Losses;
import org.sparring.benchmarks.timing.Work;
import org.sparring.data.GlyphSource;
import org.sparring.graph.Owner;
import org.sparring.runs.Trials;
import org.sparring.telemetry.ProgressDisplay;
import org.sparring.training.StepReport;
import org.sparring.training.StepsPerCall;
import org.sparring.training.TrainingGraph;
import org.sparring.training.TrainingListener;
import org.sparring.training.TrainingLoop;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Sparring's training step, run by the same loop as in training. */
final class SparringStep implements Contender {
  /**
   * Number of images: enough that no batch repeats within a few steps, and few enough to be drawn
   * quickly.
   */
  private static final int IMAGES = 2048;

  private final StepConfiguration configuration;
  private final TrainingGraph training;
  private final Session session;
  private final List<Operand<TFloat32>> generator;
  private final List<Operand<TFloat32>> discriminator;
  private long made;

  SparringStep(StepConfiguration configuration) {
    this.configuration = configuration;
    Work work = configuration.work();
    TaskData data = TaskData.of(new GlyphSource(IMAGES, work.side(), work.channels(), 1));
    Assembly tried = new Assembly(configuration.recipe());
    Assembly assembly =
        tried.of(Trials.settled(configuration.recipe(), tried, data, ProgressDisplay.open()));
    training = assembly.graph(data);
    Ops tf = Ops.create(training.graph()).withSubScope("check");
    generator = weights(tf, Owner.GENERATOR);
    discriminator = weights(tf, Owner.DISCRIMINATOR);
    session = new Session(training.graph(), assembly.session().config());
    session.run(training.initialization());
    training.samples().load(session);
  }

  @Override
  public void make(int count, StepClock clock) {
    TrainingListener listener = new Clocked(clock);
    made += count;
    new TrainingLoop(
            training,
            session,
            configuration.work().batch(),
            StepsPerCall.of(configuration.stepsPerRun()),
            List.of(listener))
        .run(made, Optional::empty);
  }

  /** Records the times of steps, without stopping the device between the steps of a call. */
  private record Clocked(StepClock clock) implements TrainingListener {
    @Override
    public long nextStop(StepReport last) {
      return NEVER;
    }

    @Override
    public void stepped(StepReport report) {
      clock.took(report.nanos(), new Losses(report.discriminatorLoss(), report.generatorLoss()));
    }
  }

  /** Returns the trainable variables of a player. */
  private List<Operand<TFloat32>> weights(Ops tf, Owner owner) {
    return training.state().networks().stream()
        .filter(v -> v.owner() == owner && v.trainable())
        .<Operand<TFloat32>>map(v -> v.read(tf))
        .toList();
  }

  @Override
  public String engine() {
    return "sparring";
  }

  @Override
  public Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    String own = Versions.sparring();
    versions.put("sparring", own.isEmpty() ? "of a checkout" : own);
    versions.put("tensorflow", TensorFlow.version());
    return versions;
  }

  @Override
  public Map<String, String> settings() {
    return configuration.shown();
  }

  @Override
  public Parameters parameters() {
    return new Parameters(size(generator), size(discriminator));
  }

  private static long size(List<Operand<TFloat32>> weights) {
    return weights.stream().map(Operand::shape).mapToLong(Shape::size).sum();
  }

  @Override
  public Weights weights() {
    return new Weights(digest(generator), digest(discriminator));
  }

  private String digest(List<Operand<TFloat32>> weights) {
    StringBuilder digest = new StringBuilder();
    for (Operand<TFloat32> weight : weights) {
      try (Result result = session.runner().fetch(weight).run()) {
        double squares = 0;
        TFloat32 values = (TFloat32) result.get(0);
        for (var value : values.scalars()) {
          squares += value.getFloat() * (double) value.getFloat();
        }
        digest.append(String.format(Locale.ROOT, "%x ", Double.doubleToLongBits(squares)));
      }
    }
    return digest.toString();
  }

  @Override
  public void close() {
    session.close();
    training.graph().close();
  }
}
