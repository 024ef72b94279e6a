package org.sparring.training;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.sparring.graph.Owner;
import org.sparring.training.TrainingListener.Ending;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Runs steps, one {@code Session.run} each, and tells the listeners. It checks that the losses are
 * finite and knows nothing else of what they mean.
 */
public final class TrainingLoop {
  private final TrainingGraph graph;
  private final Session session;
  private final StepReport report;
  private final List<TrainingListener> listeners;

  /**
   * @param session of the graph, its variables initialised or restored and its samples loaded
   * @param imagesPerStep real images that a step shows
   */
  public TrainingLoop(
      TrainingGraph graph, Session session, int imagesPerStep, List<TrainingListener> listeners) {
    this.graph = graph;
    this.session = session;
    this.report = new StepReport(imagesPerStep);
    this.listeners = List.copyOf(listeners);
  }

  /**
   * Steps until the run has done {@code steps} in all.
   *
   * @param stop asked after each step: whether to go on, or how the run ends
   * @throws DivergenceException when a loss is not finite, after the listeners were told
   */
  public Ending run(long steps, Supplier<Optional<Ending>> stop) {
    long done = stepsDone();
    report.set(done, 0);
    listeners.forEach(l -> l.started(done));
    Ending ending;
    try {
      ending = steps(done, steps, stop);
    } catch (DivergenceException e) {
      throw told(Ending.DIVERGED, e);
    } catch (RuntimeException e) {
      throw told(Ending.FAILED, e);
    }
    for (TrainingListener listener : listeners) {
      listener.ended(report, ending);
    }
    return ending;
  }

  /** Each listener hears of a failure, also when another one cannot bear it. */
  private RuntimeException told(Ending ending, RuntimeException failure) {
    for (TrainingListener listener : listeners) {
      try {
        listener.ended(report, ending);
      } catch (RuntimeException another) {
        failure.addSuppressed(another);
      }
    }
    return failure;
  }

  private Ending steps(long done, long steps, Supplier<Optional<Ending>> stop) {
    Steps forms = graph.steps();
    Session.Runner regularized = runner(forms.regularized());
    Session.Runner plain = runner(forms.plain());
    for (long step = done + 1; step <= steps; step++) {
      step(forms.isRegularized(step) ? regularized : plain, step);
      for (TrainingListener listener : listeners) {
        listener.stepped(report);
      }
      Optional<Ending> ending = stop.get();
      if (ending.isPresent()) {
        return ending.get();
      }
    }
    return Ending.COMPLETED;
  }

  private Session.Runner runner(Step step) {
    return session.runner().addTarget(step.done()).fetch(step.meters());
  }

  private void step(Session.Runner runner, long step) {
    long start = System.nanoTime();
    try (Result result = run(runner)) {
      ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(report.meters());
    }
    report.set(step, System.nanoTime() - start);
    refuse(Owner.DISCRIMINATOR, "penalty", report.penalty());
    refuse(Owner.DISCRIMINATOR, "d_loss", report.discriminatorLoss());
    refuse(Owner.GENERATOR, "g_loss", report.generatorLoss());
  }

  private Result run(Session.Runner runner) {
    try {
      return runner.run();
    } catch (RuntimeException e) {
      throw graph.samples().explained(e);
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
