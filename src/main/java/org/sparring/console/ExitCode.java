package org.sparring.console;

import org.sparring.errors.ErrorKind;

/** Exit codes of the commands. */
public final class ExitCode {
  public static final int DONE = 0;

  /** Any failure without a specific exit code. */
  public static final int FAILED = 1;

  /** The command line is wrong. */
  public static final int USAGE = 2;

  /** The data are missing, damaged, or do not fit the recipe. */
  public static final int DATA = 3;

  /** A loss or a weight is no longer a finite number. */
  public static final int DIVERGED = 4;

  /** A checkpoint or a model cannot be read, or the disk is full. */
  public static final int UNREADABLE = 5;

  /** A statement of the theory did not hold as measured. */
  public static final int REFUTED = 6;

  /** The run was stopped by an alarm. */
  public static final int ALARMED = 7;

  /**
   * Another worker of the same training was lost. This is 128 + SIGUSR1, which Kubeflow's restart
   * policy ExitCode reserves for failures that a restart may cure.
   */
  public static final int LOST = 138;

  /** A signal stopped the command; the value that shells use for SIGINT. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}

  /** Returns the exit code for a failure of this kind. */
  static int of(ErrorKind kind) {
    return switch (kind) {
      case BAD_REQUEST, TOO_MANY -> USAGE;
      case BAD_DATA -> DATA;
      case DIVERGED -> ExitCode.DIVERGED;
      case UNREADABLE -> ExitCode.UNREADABLE;
      case LOST -> ExitCode.LOST;
      case BUSY, CLOSED, FAILED -> ExitCode.FAILED;
    };
  }
}
