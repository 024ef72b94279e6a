package org.sparring.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Handles SIGINT, SIGTERM and SIGHUP during a run. Before the first training step there is nothing
 * to save, and a signal ends the process immediately. After it, the first signal asks the run to
 * stop, which writes a checkpoint; a second signal ends the process without one.
 */
@SuppressWarnings("sunapi") // Java has no other way to handle a second signal
public final class Interruption implements BooleanSupplier, AutoCloseable {
  /** Exit code of an interrupted run, the value that shells use for SIGINT. */
  public static final int EXIT_CODE = 130;

  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  private final List<Runnable> restore = new ArrayList<>();
  private volatile boolean underWay;
  private volatile boolean asked;
  private boolean signalled;

  /** Installs the signal handlers, until {@link #close()}. */
  public Interruption() {
    for (String name : SIGNALS) {
      try {
        Signal signal = new Signal(name);
        SignalHandler before = Signal.handle(signal, s -> answer());
        restore.add(() -> Signal.handle(signal, before));
      } catch (IllegalArgumentException e) {
        continue; // this system has no such signal, or java -Xrs has reserved it
      }
    }
  }

  /**
   * Returns whether a signal was received. A run calls this after each step, before logging it, so
   * from the first call on there is a step to save.
   */
  @Override
  public boolean getAsBoolean() {
    underWay = true;
    return asked;
  }

  /** Restores the previous signal handlers. */
  @Override
  public void close() {
    restore.forEach(Runnable::run);
  }

  /**
   * Asks the run to stop, as the first signal does. A signal that follows counts as the first one:
   * a terminal sends Ctrl-C to all workers and to the process that started them, which asks the
   * workers too.
   */
  public synchronized void ask() {
    if (!underWay) {
      end("interrupted before the first step: nothing to save");
    }
    asked = true;
  }

  /** Ends this process, because the process that started it has died. */
  public void abandon() {
    end("the process that started this worker has died: ended without a checkpoint");
  }

  private synchronized void answer() {
    if (signalled) {
      end("interrupted again: ended without a checkpoint of the last steps");
    }
    signalled = true;
    ask();
  }

  private static void end(String line) {
    System.err.println("sparring: " + line);
    Runtime.getRuntime().halt(EXIT_CODE);
  }
}
