package org.sparring.errors;

/**
 * A data set is missing, damaged, or not what is expected. The message has three lines: where and
 * what was expected, what was found, what to do.
 */
public final class DataException extends SparringException {
  private static final long serialVersionUID = 1L;

  private DataException(String message, Throwable cause) {
    super(ErrorKind.BAD_DATA, message, cause);
  }

  private DataException(String problem, Advice advice, Throwable cause) {
    super(ErrorKind.BAD_DATA, problem, advice, cause);
  }

  /**
   * Returns an exception about the whole of {@code subject} (a file, an archive entry, an
   * argument).
   */
  public static DataException in(Object subject, String expected, String found, String remedy) {
    return new DataException(
        problem(subject.toString(), expected, found) + "\n" + oneLine(remedy), (Throwable) null);
  }

  /**
   * Returns an exception about the whole of {@code subject}; the remedy is an action of another
   * part of Sparring.
   */
  public static DataException in(Object subject, String expected, String found, Advice advice) {
    return new DataException(problem(subject.toString(), expected, found), advice, null);
  }

  /**
   * Returns an exception about the byte at {@code offset} of {@code file}, counted after
   * decompression.
   */
  public static DataException at(
      Object file, long offset, String expected, String found, String remedy) {
    return in(file + ", offset " + offset, expected, found, remedy);
  }

  /** Returns this exception with a cause: a failure of the operating system or of a decoder. */
  public DataException because(Throwable cause) {
    return advice()
        .map(advice -> new DataException(message(unused -> "").strip(), advice, cause))
        .orElseGet(() -> new DataException(getMessage(), cause));
  }

  /** Returns what was found, the second line of the message. */
  public String found() {
    return line(1).replaceFirst("^found ", "");
  }

  /** Returns what to do, the third line of the message. */
  public String remedy() {
    return line(2);
  }

  private String line(int number) {
    return getMessage().lines().skip(number).findFirst().orElse("");
  }

  private static String problem(String where, String expected, String found) {
    return oneLine(where + ": expected " + expected) + "\n" + oneLine("found " + found);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ");
  }
}
