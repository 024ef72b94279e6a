package org.sparring.listeners;

import java.util.Optional;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.checkpoints.Manifest;
import org.sparring.graph.Fingerprint;
import org.sparring.recipes.CheckpointKeys;
import org.sparring.training.DivergenceException;
import org.sparring.training.StepReport;
import org.sparring.training.TrainingGraph;
import org.sparring.training.TrainingListener;
import org.tensorflow.Session;

/**
 * Writes checkpoints: every few steps, every few minutes, and at the end of a run that did not
 * diverge or fail.
 */
public final class CheckpointListener implements TrainingListener {
  private static final double NANOS_PER_MINUTE = 60e9;

  private final TrainingGraph graph;
  private final Session session;
  private final CheckpointStore store;
  private final CheckpointKeys policy;
  private final Identity identity;
  private long savedStep = -1;
  private Optional<Checkpoint> saved = Optional.empty();
  private long savedAt = System.nanoTime();

  /**
   * The properties of a run that a checkpoint stores.
   *
   * @param seed seed of the run
   * @param dataSha256 fingerprint of the data set
   * @param penalty the last penalty; is notified of each step before the checkpoint listener
   */
  public record Identity(long seed, String dataSha256, LastPenalty penalty) {}

  public CheckpointListener(
      TrainingGraph graph,
      Session session,
      CheckpointStore store,
      CheckpointKeys policy,
      Identity identity) {
    this.graph = graph;
    this.session = session;
    this.store = store;
    this.policy = policy;
    this.identity = identity;
  }

  @Override
  public void started(long done) {
    savedStep = done > 0 ? done : -1;
  }

  @Override
  public long nextStop(StepReport last) {
    return TrainingListener.nextMultiple(last.step(), policy.steps());
  }

  @Override
  public void stepped(StepReport report) {
    if (dueBySteps(report.step()) || (report.atRest() && dueByClock())) {
      save(report);
    }
  }

  @Override
  public void ended(StepReport report, Ending ending) {
    boolean sound = ending != Ending.DIVERGED && ending != Ending.FAILED;
    if (sound && report.step() != savedStep) {
      save(report);
    }
  }

  /** Returns the checkpoint of the last step; writes it if it does not exist yet. */
  Checkpoint saved(StepReport report) {
    if (report.step() != savedStep || saved.isEmpty()) {
      save(report);
    }
    return saved.orElseThrow();
  }

  private boolean dueBySteps(long step) {
    return policy.steps() > 0 && step % policy.steps() == 0;
  }

  private boolean dueByClock() {
    double minutes = (System.nanoTime() - savedAt) / NANOS_PER_MINUTE;
    return policy.minutes() > 0 && minutes >= policy.minutes();
  }

  /** Checks the weights here, because the losses of a step are computed before its update. */
  private void save(StepReport report) {
    Fingerprint.Reading reading = graph.fingerprint().of(session);
    reading
        .nonFinite()
        .ifPresent(
            v -> {
              throw new DivergenceException(v.owner(), v.name(), report.step(), Double.NaN);
            });
    saved =
        Optional.of(
            store.save(
                session,
                Manifest.of(
                        report.step(),
                        report.kimg(),
                        identity.seed(),
                        reading.sha256(),
                        identity.dataSha256(),
                        null)
                    .withPenalty(identity.penalty().value())));
    savedStep = report.step();
    savedAt = System.nanoTime();
  }
}
