package org.sparring.telemetry;

import java.time.Duration;

/**
 * Shows the progress of a run on standard error (never on standard output): as a bar on a terminal,
 * otherwise as a plain line every few seconds.
 */
public interface ProgressDisplay extends AutoCloseable {
  /**
   * System property that is true in a process whose output goes to the interactive terminal of the
   * process that started it. Its standard input is a pipe, so it cannot see that by itself.
   */
  String WATCHED = "sparring.watched";

  Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

  /** Returns whether this process runs on an interactive terminal. */
  static boolean isWatched() {
    return Terminal.isWatched();
  }

  /** Opens a bar on an interactive terminal; otherwise lines every ten seconds. */
  static ProgressDisplay open() {
    return open(DEFAULT_INTERVAL);
  }

  /** Opens a bar on an interactive terminal; otherwise lines every {@code interval}. */
  static ProgressDisplay open(Duration interval) {
    return Terminal.isWatched()
        ? new ProgressBarDisplay(System.err)
        : new ProgressLines(System.err, interval, System::nanoTime);
  }

  /** Returns a display that only prints notes, on standard error; for runs in parallel. */
  static ProgressDisplay silent() {
    return new NotesOnly(System.err);
  }

  /**
   * Returns whether the next {@link #update} will show something, so that a loop can skip computing
   * the figures.
   */
  boolean due();

  /** Updates the progress of the run; allocates nothing unless a display is due. */
  void update(Progress progress);

  /** Prints a note on a separate line immediately. */
  void note(String line);

  /** Shows the last progress, if it was not shown yet, and closes the display. */
  @Override
  void close();
}
