package org.sparring.errors;

/**
 * An argument of a call is wrong. The message begins with the argument's name and says what was
 * expected and what was found. The command line shows the option of that name.
 */
public final class ArgumentException extends SparringException {
  private static final long serialVersionUID = 1L;

  private final String argument;

  /**
   * @param argument name, as in {@code samples} or {@code stopOn}
   * @param rule what was expected and what was found
   */
  public ArgumentException(String argument, String rule) {
    super(ErrorKind.BAD_REQUEST, argument + ": " + rule);
    this.argument = argument;
  }

  /** An exception with a cause. */
  public ArgumentException(String argument, String rule, Throwable cause) {
    super(ErrorKind.BAD_REQUEST, argument + ": " + rule, cause);
    this.argument = argument;
  }

  /** An exception with advice as the last line of its message. */
  public ArgumentException(String argument, String rule, Advice advice) {
    super(ErrorKind.BAD_REQUEST, argument + ": " + rule, advice);
    this.argument = argument;
  }

  private ArgumentException(Throwable cause, String argument, String message) {
    super(ErrorKind.BAD_REQUEST, message, cause);
    this.argument = argument;
  }

  /**
   * Returns an exception with the message of {@code named}, which already begins with the
   * argument's name.
   */
  public static ArgumentException of(String argument, SparringException named) {
    return new ArgumentException(named, argument, named.getMessage());
  }

  /** Returns an exception whose message names the argument and its value. */
  public static ArgumentException of(String argument, Object value, String rule) {
    return new ArgumentException(null, argument, argument + " " + value + ": " + rule);
  }

  public static void require(boolean holds, String argument, String rule) {
    if (!holds) {
      throw new ArgumentException(argument, rule);
    }
  }

  /** Throws unless {@code holds}; the message names the argument and its value. */
  public static void require(boolean holds, String argument, Object value, String rule) {
    if (!holds) {
      throw of(argument, value, rule);
    }
  }

  public static void requireAtLeast(String argument, long found, long least) {
    require(found >= least, argument, "expected at least " + least + ", found " + found);
  }

  public static void requireAtMost(String argument, long found, long most) {
    require(found <= most, argument, "expected at most " + most + ", found " + found);
  }

  /** Returns the name of the argument, with which the message begins. */
  public String argument() {
    return argument;
  }
}
