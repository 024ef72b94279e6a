package org.sparring.telemetry;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.sparring.storage.AppendedFile;

/**
 * A TensorBoard event file, written without TensorFlow: {@code events.out.tfevents.<epoch
 * seconds>.<host>.<process id>}. TensorBoard merges the files of a folder, so a resumed run opens a
 * new one. Each event reaches the operating system before the call returns.
 */
public final class EventFile implements AutoCloseable {
  private final AppendedFile file;
  private boolean closed;

  private EventFile(AppendedFile file) {
    this.file = file;
  }

  /** Opens a file for a new run. */
  public static EventFile create(Path folder) {
    EventFile events = new EventFile(AppendedFile.createNew(folder.resolve(fileName())));
    events.write(EventMessage.fileVersion(wallTime()));
    return events;
  }

  /**
   * Opens a file for a run that resumes after {@code resumeStep}. The file begins with a session
   * start, which makes TensorBoard drop later steps from earlier files in the folder.
   */
  public static EventFile resume(Path folder, long resumeStep) {
    EventFile events = create(folder);
    events.write(EventMessage.sessionStart(wallTime(), resumeStep + 1));
    return events;
  }

  /** Writes all the scalars of a step as one event. TensorBoard keeps them as float32. */
  public void scalars(long step, Map<String, Double> scalars) {
    write(EventMessage.scalars(wallTime(), step, scalars));
  }

  /** Writes a picture, as PNG. */
  public void image(long step, String tag, BufferedImage image) {
    write(EventMessage.image(wallTime(), step, tag, image));
  }

  public Path path() {
    return file.path();
  }

  @Override
  public synchronized void close() {
    closed = true;
    file.close();
  }

  private synchronized void write(byte[] event) {
    if (closed) {
      throw Failure.closed(file.path().toString());
    }
    file.append(RecordFrame.of(event));
  }

  private static String fileName() {
    long seconds = Instant.now().getEpochSecond();
    return "events.out.tfevents."
        + seconds
        + "."
        + HostName.get()
        + "."
        + ProcessHandle.current().pid();
  }

  private static double wallTime() {
    return System.currentTimeMillis() / 1000.0;
  }
}
