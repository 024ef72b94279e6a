package org.sparring.errors;

/**
 * The one exception of this room. The message has three lines: where and what was expected, what
 * was found, what to do.
 */
public final class DataException extends RuntimeException {

  private DataException(String where, String expected, String found, String remedy) {
    super(
        oneLine(where + ": expected " + expected)
            + "\n"
            + oneLine("found " + found)
            + "\n"
            + oneLine(remedy));
  }

  /** A fault of {@code subject} (a file, an archive entry, an argument) as a whole. */
  public static DataException in(Object subject, String expected, String found, String remedy) {
    return new DataException(subject.toString(), expected, found, remedy);
  }

  /** A fault at a byte {@code offset} of {@code file}, counted after decompression. */
  public static DataException at(
      Object file, long offset, String expected, String found, String remedy) {
    return new DataException(file + ", offset " + offset, expected, found, remedy);
  }

  /** An operating-system or decoder failure, kept as the cause. */
  public DataException because(Throwable cause) {
    initCause(cause);
    return this;
  }

  /** What was found: the second line. */
  public String found() {
    return line(1).replaceFirst("^found ", "");
  }

  /** What to do: the third line. */
  public String remedy() {
    return line(2);
  }

  private String line(int number) {
    return getMessage().lines().skip(number).findFirst().orElse("");
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ");
  }
}
