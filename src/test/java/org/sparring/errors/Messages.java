package org.sparring.errors;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Reads error messages the way a user does. */
public final class Messages {
  private Messages() {}

  /** The action fails with a message of three lines that holds every part. */
  public static DataException assertRefused(Executable action, String... parts) {
    DataException e = assertThrows(DataException.class, action);
    String message = e.getMessage();
    assertTrue(message.lines().count() == 3, () -> "not three lines:\n" + message);
    assertTrue(message.lines().noneMatch(String::isBlank), message);
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "no \"" + part + "\" in:\n" + message);
    }
    return e;
  }
}
