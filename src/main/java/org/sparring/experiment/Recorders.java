package org.sparring.experiment;

import java.util.Optional;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.telemetry.EventFile;
import org.sparring.telemetry.MetricsFile;

/** The files and the display that a run tells itself to, open while it lasts. */
final class Recorders implements AutoCloseable {
  private final MetricsFile metrics;
  private final EventFile events;

  Recorders(RunFolder folder, Optional<Checkpoint> last) {
    long done = last.map(c -> c.manifest().step()).orElse(-1L);
    metrics = MetricsFile.open(folder.metrics(), done);
    events =
        last.isPresent() ? EventFile.resume(folder.root(), done) : EventFile.create(folder.root());
  }

  MetricsFile metrics() {
    return metrics;
  }

  EventFile events() {
    return events;
  }

  @Override
  public void close() {
    metrics.close();
    events.close();
  }
}
