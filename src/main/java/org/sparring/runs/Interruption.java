package org.sparring.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Answers SIGINT, SIGTERM and SIGHUP during a run. Before the first training step there is nothing
 * to save, and the process ends at once. From then on the first signal asks the run to stop, which
 * writes a checkpoint, and a second one ends the process without.
 */
@SuppressWarnings("sunapi") // Java has no other way to answer a second signal
public final class Interruption implements BooleanSupplier, AutoCloseable {
  /** Exit code of an interrupted run, as the shell counts SIGINT. */
  public static final int EXIT_CODE = 130;

  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  private final List<Runnable> restore = new ArrayList<>();
  private volatile boolean underWay;
  private volatile boolean asked;

  /** Until {@link #close()} the process answers signals this way. */
  public Interruption() {
    for (String name : SIGNALS) {
      try {
        Signal signal = new Signal(name);
        SignalHandler before = Signal.handle(signal, s -> answer());
        restore.add(() -> Signal.handle(signal, before));
      } catch (IllegalArgumentException e) {
        continue; // this system has no such signal, or java -Xrs leaves it to the user
      }
    }
  }

  /**
   * Whether a signal came. A run asks after each step, before it logs it: from the first question
   * on there is a step to save.
   */
  @Override
  public boolean getAsBoolean() {
    underWay = true;
    return asked;
  }

  /** The process answers signals as it did before. */
  @Override
  public void close() {
    restore.forEach(Runnable::run);
  }

  private void answer() {
    if (!underWay) {
      end("interrupted before the first step: nothing to save");
    }
    if (asked) {
      end("interrupted again: ended without a checkpoint of the last steps");
    }
    asked = true;
  }

  private static void end(String line) {
    System.err.println("sparring: " + line);
    Runtime.getRuntime().halt(EXIT_CODE);
  }
}
