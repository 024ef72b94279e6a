package org.sparring.experiment;

import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * SIGINT and SIGTERM while a run is under way: the run is asked to stop, and the process stays
 * until it has written its checkpoint, then ends with 130.
 */
public final class Interruption implements BooleanSupplier, AutoCloseable {
  /** Exit code of a run that was interrupted and wrote its checkpoint. */
  public static final int EXIT_CODE = 130;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::answer, "interruption");
  private volatile boolean asked;
  private volatile int exitCode = EXIT_CODE;

  /** From here to {@link #close()} the process answers signals this way. */
  public Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether a signal came. */
  @Override
  public boolean getAsBoolean() {
    return asked;
  }

  /** The run failed after a signal: the process ends with this code instead of 130. */
  public void failed(int code) {
    exitCode = code;
  }

  /** Everything that had to be written and said is written and said. */
  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException underWay) {
      // the hook runs already and ends the process itself
    }
  }

  private void answer() {
    asked = true;
    try {
      finished.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // past the other hooks: a signal's own exit code would be 130 or 143
    Runtime.getRuntime().halt(exitCode);
  }
}
