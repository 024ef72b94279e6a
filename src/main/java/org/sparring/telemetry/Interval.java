package org.sparring.telemetry;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Decides when the next update of a display is due; the first one is due immediately. */
final class Interval {
  private final long nanoseconds;
  private final LongSupplier clock;
  private long next;

  Interval(Duration length, LongSupplier clock) {
    Failure.require(!length.isNegative(), "An interval must not be negative", length);
    this.nanoseconds = length.toNanos();
    this.clock = clock;
    this.next = clock.getAsLong();
  }

  boolean due() {
    // compare the difference with 0, because nanosecond clocks may overflow
    return clock.getAsLong() - next >= 0;
  }

  void restart() {
    next = clock.getAsLong() + nanoseconds;
  }
}
