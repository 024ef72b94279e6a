package org.sparring.experiment;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.telemetry.EventFile;
import org.sparring.telemetry.MetricsFile;
import org.sparring.training.Alarms;

/** The files and the display that a run tells itself to, open while it lasts. */
final class Recorders implements AutoCloseable {
  private final MetricsFile metrics;
  private final EventFile events;

  Recorders(RunFolder folder, Optional<Checkpoint> last) {
    long done = last.map(c -> c.manifest().step()).orElse(-1L);
    metrics = MetricsFile.open(folder.metrics(), done);
    try {
      events = events(folder.root(), last.isPresent() ? done : 0);
    } catch (RuntimeException e) {
      metrics.close();
      throw e;
    }
  }

  /** Where older files are, TensorBoard is told to drop what they say of later steps. */
  private static EventFile events(Path root, long done) {
    return done > 0 || holdsEvents(root) ? EventFile.resume(root, done) : EventFile.create(root);
  }

  private static boolean holdsEvents(Path root) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(root, "events.out.tfevents.*")) {
      return files.iterator().hasNext();
    } catch (IOException e) {
      return false; // no folder yet: opening makes it, or says why not
    }
  }

  MetricsFile metrics() {
    return metrics;
  }

  EventFile events() {
    return events;
  }

  /** One event in the metrics, and one mark in TensorBoard: 1 where it sounds, 0 where it ends. */
  void alarm(long step, Alarms.Event event) {
    String label = event.alarm().label();
    metrics.event(step, (event.raised() ? "alarm" : "alarm over") + ": " + label, event.measured());
    events.scalars(step, Map.of("alarm/" + label, event.raised() ? 1.0 : 0.0));
  }

  @Override
  public void close() {
    metrics.close();
    events.close();
  }
}
