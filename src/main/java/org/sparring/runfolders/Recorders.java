package org.sparring.runfolders;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.sparring.alarms.Alarms;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.errors.StorageException;
import org.sparring.telemetry.EventFile;
import org.sparring.telemetry.ImageGrid;
import org.sparring.telemetry.MetricsFile;
import org.sparring.telemetry.MetricsHistory;

/**
 * Writes the log files of a run: {@code metrics.jsonl}, the TensorBoard events and the sample
 * pictures. If a record cannot be written, for example because the disk is full, it is dropped with
 * a notice and training continues.
 */
public final class Recorders implements AutoCloseable {
  private final RunFolder folder;
  private final MetricsFile metrics;
  private final EventFile events;
  private final Consumer<String> notices;
  private final Set<String> noticed = new HashSet<>();

  /**
   * @param last checkpoint that the run resumes from; later records are dropped
   * @param notices receives a line the first time that a kind of record cannot be written
   */
  public Recorders(RunFolder folder, Optional<Checkpoint> last, Consumer<String> notices) {
    this.folder = folder;
    this.notices = notices;
    long done = last.map(c -> c.manifest().step()).orElse(-1L);
    metrics = MetricsFile.open(folder.metrics(), done);
    try {
      events = events(folder.root(), last.isPresent() ? done : 0);
    } catch (RuntimeException e) {
      metrics.close();
      throw e;
    }
  }

  /** If there are older files, writes a marker that makes TensorBoard drop their later steps. */
  private static EventFile events(Path root, long done) {
    return done > 0 || holdsEvents(root) ? EventFile.resume(root, done) : EventFile.create(root);
  }

  private static boolean holdsEvents(Path root) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(root, "events.out.tfevents.*")) {
      return files.iterator().hasNext();
    } catch (IOException e) {
      return false; // no folder yet: opening the file creates it, or reports why it cannot
    }
  }

  /**
   * Returns the last value of a scalar that this run logged before it was resumed; 0 if there is
   * none.
   */
  public double lastBefore(String scalar) {
    MetricsHistory history = MetricsHistory.read(folder.metrics());
    if (!history.names().contains(scalar)) {
      return 0;
    }
    double[] values = history.curve(scalar).values();
    return values[values.length - 1];
  }

  /** Logs the scalars of a step in both files. */
  public void scalars(long step, double kimg, Map<String, Double> scalars) {
    write("scalars", () -> metrics.append(step, kimg, scalars));
    write("events", () -> events.scalars(step, scalars));
  }

  /** Logs an event in {@code metrics.jsonl}. */
  public void event(long step, String name, String message) {
    write("scalars", () -> metrics.event(step, name, message));
  }

  /**
   * Logs an alarm: as an event in {@code metrics.jsonl}, and as a scalar in TensorBoard, 1 if
   * raised and 0 if cleared.
   */
  public void alarm(long step, Alarms.Event event) {
    String label = event.alarm().label();
    event(step, (event.raised() ? "alarm" : "alarm over") + ": " + label, event.measured());
    Map<String, Double> mark = Map.of("alarm/" + label, event.raised() ? 1.0 : 0.0);
    write("events", () -> events.scalars(step, mark));
  }

  /** Writes a picture of samples as a file and in TensorBoard. */
  public void picture(long step, BufferedImage drawn) {
    String name = String.format(Locale.ROOT, "step-%08d.png", step);
    write("samples", () -> ImageGrid.write(drawn, folder.samples().resolve(name)));
    write("events", () -> events.image(step, "samples", drawn));
  }

  private void write(String kind, Runnable record) {
    try {
      record.run();
    } catch (StorageException e) {
      if (noticed.add(kind)) {
        String reason = e.getMessage().lines().findFirst().orElse("");
        notices.accept("training continues without its " + kind + ": " + reason);
      }
    }
  }

  @Override
  public void close() {
    write("scalars", metrics::close);
    write("events", events::close);
  }
}
