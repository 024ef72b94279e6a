package org.sparring.launching;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sparring.errors.DiskFault;
import org.sparring.errors.TrainingException;

/** One worker that {@link LocalWorkers} started, and the pipe to its standard input. */
final class WorkerProcess {
  private final int rank;
  private final Process process;
  private boolean asked;
  private boolean killed;

  private WorkerProcess(int rank, Process process) {
    this.rank = rank;
    this.process = process;
  }

  /**
   * Starts a worker.
   *
   * @param output where its standard output and standard error go
   */
  static WorkerProcess start(int rank, List<String> command, ProcessBuilder.Redirect output) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(output);
    if (output == ProcessBuilder.Redirect.INHERIT) {
      builder.redirectError(output);
    } else {
      builder.redirectErrorStream(true);
    }
    try {
      return new WorkerProcess(rank, builder.start());
    } catch (IOException e) {
      throw new TrainingException("cannot start worker " + rank + ": " + DiskFault.reason(e));
    }
  }

  int rank() {
    return rank;
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** Exit code of a worker that has ended; 128 + the signal where one ended it. */
  int code() {
    return process.exitValue();
  }

  /** Whether it was killed from here. */
  boolean wasKilled() {
    return killed;
  }

  /** Asks the worker to stop at the next step, once. */
  void askToStop() {
    if (asked) {
      return;
    }
    asked = true;
    try {
      @SuppressWarnings("resource") // closing it would tell the worker that this process has died
      OutputStream pipe = process.getOutputStream();
      pipe.write((LauncherPipe.STOP + "\n").getBytes(StandardCharsets.US_ASCII));
      pipe.flush();
    } catch (IOException e) {
      return; // it has ended already
    }
  }

  /** Ends the worker, if it runs, and waits for its end. */
  void kill() {
    if (!isRunning()) {
      return;
    }
    killed = true;
    process.destroyForcibly();
    boolean interrupted = false;
    while (isRunning()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true; // it must be gone before this returns, and a killed process ends soon
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
