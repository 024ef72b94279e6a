package org.sparring.telemetry;

import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Estimates the time left from the first reported step, which is not step 0 after a resume. */
final class TimeLeftEstimate {
  private final LongSupplier clock;
  private final Progress first;
  private final long startedAt;

  TimeLeftEstimate(Progress first, LongSupplier clock) {
    this.clock = clock;
    this.first = first;
    this.startedAt = clock.getAsLong();
  }

  /**
   * Returns the estimated seconds left; empty until a step after the first reported one is
   * completed.
   */
  OptionalLong secondsLeft(Progress last) {
    long done = last.step() - first.step();
    if (done == 0) {
      return OptionalLong.empty();
    }
    double secondsAStep = (clock.getAsLong() - startedAt) / 1e9 / done;
    return OptionalLong.of(Math.round(secondsAStep * (last.steps() - last.step())));
  }
}
