package org.sparring.distributed;

import java.time.Duration;
import org.sparring.errors.TrainingException;

/**
 * How long a worker waits for the others.
 *
 * @param start until all workers have started, more than 0
 * @param call until a call that needs all workers returns: more than the longest checkpoint or
 *     evaluation of the leading worker, more than 0
 */
public record Patience(Duration start, Duration call) {
  /** Two minutes to start, ten minutes for a call. */
  public static final Patience DEFAULT =
      new Patience(Duration.ofMinutes(2), Duration.ofMinutes(10));

  public Patience {
    require("start", start);
    require("call", call);
  }

  private static void require(String name, Duration value) {
    TrainingException.require(
        !value.isNegative() && !value.isZero(), name + ": expected more than 0, found " + value);
  }
}
