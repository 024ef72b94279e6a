package org.sparring.telemetry;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** The sentences of this room's errors, one home for each. */
final class Failure {
  private Failure() {}

  static TelemetryException writing(Path file, IOException e) {
    return new TelemetryException(
        "Cannot write "
            + file
            + ": "
            + reason(e)
            + ". Check that the folder exists, is yours to write, and that the disk is not full.",
        e);
  }

  static TelemetryException closed(String what) {
    return new TelemetryException(what + " is closed already; open a new one to go on writing.");
  }

  static void require(boolean holds, String rule, Object found) {
    if (!holds) {
      throw new TelemetryException(rule + ", found " + found + ".");
    }
  }

  /** Java's file exceptions say the name alone and leave the reason to their class. */
  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
