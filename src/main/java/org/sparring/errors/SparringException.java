package org.sparring.errors;

import java.util.Optional;
import java.util.function.Function;

/**
 * The base of all exceptions that Sparring throws. {@link #kind} says what the caller can do, and
 * the message says the same for a person: what was expected, what was found, what to do.
 *
 * <p>An exception of kind {@link ErrorKind#BUSY}, {@link ErrorKind#TOO_MANY} or {@link
 * ErrorKind#CLOSED} has no stack trace. Exceptions of other libraries, such as TensorFlow's, pass
 * through where Sparring has nothing to add.
 */
public abstract class SparringException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;
  private final Advice advice;

  /**
   * @param message what was expected, what was found, what to do
   */
  protected SparringException(ErrorKind kind, String message) {
    this(kind, message, (Throwable) null);
  }

  /**
   * @param message what was expected, what was found, what to do
   * @param cause exception of another library, or null
   */
  protected SparringException(ErrorKind kind, String message, Throwable cause) {
    super(message, cause, true, !kind.isUnderLoad());
    this.kind = kind;
    this.advice = null;
  }

  /**
   * @param problem what was expected and what was found
   * @param advice what to do; the last line of the message
   */
  protected SparringException(ErrorKind kind, String problem, Advice advice) {
    this(kind, problem, advice, null);
  }

  /**
   * @param problem what was expected and what was found
   * @param advice what to do; the last line of the message
   * @param cause exception of another library, or null
   */
  protected SparringException(ErrorKind kind, String problem, Advice advice, Throwable cause) {
    super(problem + "\n" + advice.words(), cause, true, !kind.isUnderLoad());
    this.kind = kind;
    this.advice = advice;
  }

  /** Returns what the caller can do about the failure. */
  public final ErrorKind kind() {
    return kind;
  }

  /** Returns the remedy, if another part of Sparring offers one. */
  public final Optional<Advice> advice() {
    return Optional.ofNullable(advice);
  }

  /**
   * Returns the message with the advice in other words.
   *
   * @param words turns the advice into a sentence, for example into the command to run
   */
  public final String message(Function<Advice, String> words) {
    String message = getMessage();
    return advice == null
        ? message
        : message.substring(0, message.length() - advice.words().length()) + words.apply(advice);
  }
}
