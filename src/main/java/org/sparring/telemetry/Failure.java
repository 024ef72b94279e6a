package org.sparring.telemetry;

import org.sparring.errors.TelemetryException;

/** The error messages of this package. */
final class Failure {
  private Failure() {}

  static TelemetryException closed(String what) {
    return new TelemetryException(what + " is closed already; open a new one.");
  }

  static void require(boolean holds, String rule, Object found) {
    if (!holds) {
      throw new TelemetryException(rule + ", found " + found + ".");
    }
  }
}
