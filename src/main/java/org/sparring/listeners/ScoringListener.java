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
 * Scores checkpoints on another thread, at intervals of a number of images, while training
 * continues. A score is logged, and written into its checkpoint, after a later step on the training
 * thread, which is the only one that touches the run's files.
 */
public final class ScoringListener implements TrainingListener {
  /** Scores a checkpoint; lower is better. */
  interface Scorer extends AutoCloseable {
    double score(Checkpoint checkpoint);

    /** Ends a score under way soon, with an exception. */
    void cancel();

    @Override
    void close();
  }

  /** Where a score is logged and shown. */
  public record Told(Recorders recorders, ProgressDisplay display) {}

  private record Pending(Checkpoint checkpoint, CompletableFuture<Double> score) {}

  private final EvaluationKeys policy;
  private final Scorer scorer;
  private final CheckpointStore store;
  private final CheckpointListener checkpoints;
  private final Told told;

  /** One thread, also for what the metrics would do in parallel. */
  private final ForkJoinPool thread = new ForkJoinPool(1);

  private Optional<Pending> pending = Optional.empty();
  private boolean stepped;
  private long lastScored = -1;

  public ScoringListener(
      EvaluationKeys policy,
      Scorer scorer,
      CheckpointStore store,
      CheckpointListener checkpoints,
      Told told) {
    this.policy = policy;
    this.scorer = scorer;
    this.store = store;
    this.checkpoints = checkpoints;
    this.told = told;
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

  /** The first step after one in which the images reach another whole period. */
  long nextStop(long step, int images) {
    long next = TrainingListener.nextMultiple(step * images, period());
    return (next + images - 1) / images;
  }

  /** In whole images: a quotient of fractions may fall short of a whole number. */
  private long period() {
    return Math.max(1, Math.round(1000 * policy.kimg()));
  }

  /** After a step: logs the score that is ready, and starts the one that is due. */
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
      told.display()
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
      tell(checkpoint, pending.get().score().join());
    } catch (CompletionException | CheckpointException e) {
      // a score that fails, or cannot be written, is no reason to lose a run
      Throwable cause = e instanceof CompletionException ? e.getCause() : e;
      String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
      told.display().note("step " + step + " was not scored: " + reason);
      told.recorders().event(step, "not scored", reason);
    } finally {
      pending = Optional.empty();
      store.release();
    }
  }

  private void tell(Checkpoint checkpoint, double score) {
    long step = checkpoint.manifest().step();
    Optional<Double> before = store.best().map(best -> best.manifest().score());
    boolean best = before.isEmpty() || score < before.get();
    store.score(checkpoint, score);
    Map<String, Double> scalars = Map.of(policy.metric().label(), score);
    told.recorders().scalars(step, checkpoint.manifest().kimg(), scalars);
    String line = "step " + step + ": " + policy.metric().label() + " " + (float) score;
    told.display().note(best ? line + ", the best so far" : line);
  }
}
