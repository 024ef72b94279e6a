package org.sparring.training;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.sparring.errors.TrainingException;
import org.sparring.graph.Owner;
import org.sparring.tasks.Meters;
import org.sparring.training.TrainingListener.Ending;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TInt64;

/**
 * Runs steps, one or several in a {@code Session.run}, and passes the report of each to the
 * listeners. It checks that the losses are finite and does not interpret them otherwise.
 */
public final class TrainingLoop {
  private final TrainingGraph graph;
  private final Session session;
  private final StepsPerCall pace;
  private final StepReport report;
  private final List<TrainingListener> listeners;
  private final boolean penalized;
  private final int width;
  private Optional<Together> together = Optional.empty();

  /** One step in each call. */
  public TrainingLoop(
      TrainingGraph graph, Session session, int imagesPerStep, List<TrainingListener> listeners) {
    this(graph, session, imagesPerStep, StepsPerCall.of(1), listeners);
  }

  /**
   * @param session of the graph; variables are initialised or restored, and samples loaded
   * @param imagesPerStep real images per step
   * @param pace number of steps per device call when no listener stops it
   */
  public TrainingLoop(
      TrainingGraph graph,
      Session session,
      int imagesPerStep,
      StepsPerCall pace,
      List<TrainingListener> listeners) {
    this.graph = graph;
    this.session = session;
    this.pace = pace;
    this.report = new StepReport(imagesPerStep, graph.steps().meters());
    this.listeners = List.copyOf(listeners);
    this.width = graph.steps().width();
    this.penalized = report.meters().contains(Meters.PENALTY);
  }

  /** Lets several devices make their calls together. */
  public TrainingLoop with(Together devices) {
    together = Optional.of(devices);
    return this;
  }

  /**
   * Trains until the run has completed {@code steps} steps in total.
   *
   * @param stop checked whenever the device stops, before the listeners are called; empty to
   *     continue, otherwise how the run ends; several devices end one call later
   * @throws DivergenceException when a loss is not finite, after the listeners were called
   */
  public Ending run(long steps, Supplier<Optional<Ending>> stop) {
    graph.samples().requireLoaded();
    long done = stepsDone();
    report.set(done, 0, true);
    listeners.forEach(l -> l.started(done));
    Ending ending;
    try (StepRunner stepper = new StepRunner(graph, session)) {
      ending = steps(stepper, done, steps, stop);
    } catch (DivergenceException e) {
      throw notified(Ending.DIVERGED, e);
    } catch (RuntimeException e) {
      throw notified(Ending.FAILED, e);
    }
    for (TrainingListener listener : listeners) {
      listener.ended(report, ending);
    }
    return ending;
  }

  /** Notifies every listener of a failure, even if another listener throws. */
  private RuntimeException notified(Ending ending, RuntimeException failure) {
    for (TrainingListener listener : listeners) {
      try {
        listener.ended(report, ending);
      } catch (RuntimeException another) {
        failure.addSuppressed(another);
      }
    }
    return failure;
  }

  private Ending steps(StepRunner stepper, long done, long steps, Supplier<Optional<Ending>> stop) {
    long made = done;
    graph.votes().ifPresent(votes -> votes.clear(session));
    while (made < steps) {
      int count = count(Math.toIntExact(Math.min(pace.steps(), nextStop(steps) - made)));
      long start = System.nanoTime();
      float[] meters = call(stepper, made, count);
      long nanos = (System.nanoTime() - start) / count;
      pace.took(count, nanos);
      Optional<Ending> asked = stop.get();
      for (int i = 0; i < count; i++) {
        publish(meters, i * width, made + i + 1, nanos, i == count - 1);
      }
      made += count;
      Optional<Ending> own = asked.or(this::endingOfListener);
      Optional<Ending> ending = agreed(own, meters, (count - 1) * width);
      if (ending.isPresent()) {
        return ending.get();
      }
    }
    return Ending.COMPLETED;
  }

  /** Returns the number of steps of the next call, which must be equal on all devices. */
  private int count(int own) {
    return together.isEmpty() || pace.isSingle() ? own : together.get().steps(own);
  }

  private float[] call(StepRunner stepper, long made, int count) {
    return together.isEmpty()
        ? stepper.run(made, count)
        : together.get().call("step " + (made + 1), () -> stepper.run(made, count));
  }

  /**
   * Returns how the run ends now: as this device wants, or as several devices have agreed in the
   * last step.
   *
   * @param from index of the last step's meters
   */
  private Optional<Ending> agreed(Optional<Ending> own, float[] meters, int from) {
    if (graph.votes().isEmpty()) {
      return own;
    }
    own.ifPresent(ending -> graph.votes().get().cast(session, ending));
    return StopVotes.result(meters, from + report.meters().size());
  }

  private Optional<Ending> endingOfListener() {
    for (TrainingListener listener : listeners) { // a stream would allocate in every call
      Optional<Ending> ending = listener.ending();
      if (ending.isPresent()) {
        return ending;
      }
    }
    return Optional.empty();
  }

  private long nextStop(long steps) {
    long next = Math.min(steps, graph.steps().phase(report.step() + 1).last());
    for (TrainingListener listener : listeners) {
      long wanted = listener.nextStop(report);
      TrainingException.require(
          wanted > report.step(),
          "nextStop: expected a step after "
              + report.step()
              + ", found "
              + wanted
              + " of "
              + listener.getClass().getSimpleName());
      next = Math.min(next, wanted);
    }
    return next;
  }

  private void publish(float[] meters, int from, long step, long nanos, boolean atRest) {
    int count = report.values().length;
    System.arraycopy(meters, from, report.values(), 0, count);
    report.set(step, nanos, atRest);
    if (penalized) {
      refuse(Owner.DISCRIMINATOR, "penalty", report.meter(Meters.PENALTY));
    }
    refuse(Owner.DISCRIMINATOR, StepReport.DISCRIMINATOR_LOSS, report.discriminatorLoss());
    refuse(Owner.GENERATOR, StepReport.GENERATOR_LOSS, report.generatorLoss());
    for (TrainingListener listener : listeners) {
      listener.stepped(report);
    }
  }

  private void refuse(Owner player, String term, double value) {
    if (!Double.isFinite(value)) {
      throw new DivergenceException(player, term, report.step(), value);
    }
  }

  private long stepsDone() {
    try (Result result = session.runner().fetch(graph.counter()).run()) {
      return ((TInt64) result.get(0)).getLong();
    }
  }
}
