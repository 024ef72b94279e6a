package org.sparring.errors;

/** A model cannot be written, read or asked; the message says which, what was found, what to do. */
public final class ModelException extends RuntimeException {
  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A fault of a model's file, in two lines. */
  public static ModelException in(Object file, String expected, String found, String remedy) {
    return new ModelException(file + ": expected " + expected + ", found " + found + "\n" + remedy);
  }

  public static void require(boolean holds, String rule) {
    if (!holds) {
      throw new ModelException(rule);
    }
  }
}
