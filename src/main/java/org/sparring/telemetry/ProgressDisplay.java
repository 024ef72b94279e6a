package org.sparring.telemetry;

import java.time.Duration;

/**
 * Shows a person how a run goes, on standard error and never on standard output: a bar on a
 * terminal, else a plain line every few seconds.
 */
public interface ProgressDisplay extends AutoCloseable {
  Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

  /** A bar when a person watches, lines every ten seconds otherwise. */
  static ProgressDisplay open() {
    return open(DEFAULT_INTERVAL);
  }

  /** A bar when a person watches, lines every {@code interval} otherwise. */
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
   * Whether the next {@link #update} will show something: a loop may ask before it gathers the
   * figures.
   */
  boolean due();

  /** Updates the progress of the run; allocates nothing when nothing is due to be shown. */
  void update(Progress progress);

  /** Prints a separate line immediately. */
  void note(String line);

  /** Shows the last standing, when it was not shown yet. */
  @Override
  void close();
}
