package org.sparring.console;

import org.sparring.errors.ErrorKind;

/** Exit codes of the commands. */
public final class ExitCode {
  public static final int DONE = 0;

  /** Any failure without a specific exit code. */
  public static final int FAILED = 1;

  /** The command line does not say what to do. */
  public static final int USAGE = 2;

  /** Images are missing, broken or not what the recipe says. */
  public static final int DATA = 3;

  /** A loss or a weight stopped being a number. */
  public static final int DIVERGED = 4;

  /** A checkpoint or a model cannot be read, or the disk is full. */
  public static final int UNREADABLE = 5;

  /** A statement of the theory did not hold as measured. */
  public static final int REFUTED = 6;

  /** The run was stopped by an alarm. */
  public static final int ALARMED = 7;

  /** The person or the machine asked to stop; as the shell counts SIGINT. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}

  /** The exit code of a command that ends with a failure of this kind. */
  static int of(ErrorKind kind) {
    return switch (kind) {
      case BAD_REQUEST, TOO_MANY -> USAGE;
      case BAD_DATA -> DATA;
      case DIVERGED -> ExitCode.DIVERGED;
      case UNREADABLE -> ExitCode.UNREADABLE;
      case BUSY, CLOSED, FAILED -> ExitCode.FAILED;
    };
  }
}
