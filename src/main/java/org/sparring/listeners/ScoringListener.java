package org.sparring.listeners;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.errors.CheckpointException;
import org.sparring.recipes.EvaluationKeys;
import org.sparring.runfolders.Recorders;
import org.sparring.telemetry.ProgressDisplay;
import org.sparring.training.StepReport;
import org.sparring.training.TrainingListener;

/**
 * Scores checkpoints on another thread at intervals, measured in real images shown, while training
 * continues. The training thread logs a score and writes it into the checkpoint after a later step,
 * because only that thread writes the files of a run.
 */
public final class ScoringListener implements TrainingListener {
  /** Scores a checkpoint; lower is better. */
  interface Scorer extends AutoCloseable {
    double score(Checkpoint checkpoint);

    /** Cancels a running score, which then soon ends with an exception. */
    void cancel();

    @Override
    void close();
  }

  /** The log and the display that receive a score. */
  public record Output(Recorders recorders, ProgressDisplay display) {}

  private record Pending(Checkpoint checkpoint, CompletableFuture<Double> score) {}

  private final EvaluationKeys policy;
  private final Scorer scorer;
  private final CheckpointStore store;
  private final CheckpointListener checkpoints;
  private final Output output;

  /** A single thread, so that the parallel streams of the metrics also use only this thread. */
  private final ForkJoinPool thread = new ForkJoinPool(1);

  private Optional<Pending> pending = Optional.empty();
  private boolean stepped;
  private long lastScored = -1;

  public ScoringListener(
      EvaluationKeys policy,
      Scorer scorer,
      CheckpointStore store,
      CheckpointListener checkpoints,
      Output output) {
    this.policy = policy;
    this.scorer = scorer;
    this.store = store;
    this.checkpoints = checkpoints;
    this.output = output;
  }

  @Override
  public long nextStop(StepReport last) {
    return nextStop(last.step(), last.imagesPerStep());
  }

  @Override
  public void stepped(StepReport report) {
    at(report.step(), report.imagesPerStep(), () -> checkpoints.saved(report));
  }

  @Override
  public void ended(StepReport report, Ending ending) {
    ended(report.step(), ending, () -> checkpoints.saved(report));
  }

  /**
   * Returns the first step after {@code step} at which the number of images reaches a further
   * multiple of the period.
   */
  long nextStop(long step, int images) {
    long next = TrainingListener.nextMultiple(step * images, period());
    return (next + images - 1) / images;
  }

  /**
   * Returns the period in whole images, because a quotient of fractions may be slightly less than a
   * whole number.
   */
  private long period() {
    return Math.max(1, Math.round(1000 * policy.kimg()));
  }

  /** Called after a step: logs a score that is ready, and starts a score that is due. */
  void at(long step, int images, Supplier<Checkpoint> saved) {
    collect(false);
    long period = period();
    stepped = true;
    if (step * images / period > (step - 1) * images / period) {
      due(step, saved);
    }
  }

  /** Scores the last step of a run that completed; cancels the pending score of any other run. */
  void ended(long step, Ending ending, Supplier<Checkpoint> saved) {
    try {
      if (!ending.isSuccess()) {
        scorer.cancel();
      }
      collect(true);
      if (ending.isSuccess() && lastScored != step && stepped) {
        begin(step, saved);
        collect(true);
      }
    } finally {
      thread.shutdown();
      scorer.close();
    }
  }

  private void due(long step, Supplier<Checkpoint> saved) {
    if (pending.isPresent()) {
      long other = pending.get().checkpoint().manifest().step();
      output
          .display()
          .note(
              "step " + step + " is not scored: the score of step " + other + " is not known yet");
      return;
    }
    begin(step, saved);
    collect(policy.waits());
  }

  private void begin(long step, Supplier<Checkpoint> saved) {
    Checkpoint checkpoint = saved.get();
    store.hold(checkpoint);
    lastScored = step;
    pending =
        Optional.of(
            new Pending(
                checkpoint, CompletableFuture.supplyAsync(() -> scorer.score(checkpoint), thread)));
  }

  private void collect(boolean wait) {
    if (pending.isEmpty() || (!wait && !pending.get().score().isDone())) {
      return;
    }
    Checkpoint checkpoint = pending.get().checkpoint();
    long step = checkpoint.manifest().step();
    try {
      log(checkpoint, pending.get().score().join());
    } catch (CompletionException | CheckpointException e) {
      // a score that fails, or cannot be written, must not end the run
      Throwable cause = e instanceof CompletionException ? e.getCause() : e;
      String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
      output.display().note("step " + step + " was not scored: " + reason);
      output.recorders().event(step, "not scored", reason);
    } finally {
      pending = Optional.empty();
      store.release();
    }
  }

  private void log(Checkpoint checkpoint, double score) {
    long step = checkpoint.manifest().step();
    Optional<Double> before = store.best().map(best -> best.manifest().score());
    boolean best = before.isEmpty() || score < before.get();
    store.score(checkpoint, score);
    Map<String, Double> scalars = Map.of(policy.metric().label(), score);
    output.recorders().scalars(step, checkpoint.manifest().kimg(), scalars);
    String line = "step " + step + ": " + policy.metric().label() + " " + (float) score;
    output.display().note(best ? line + ", the best so far" : line);
  }
}
