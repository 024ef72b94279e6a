package org.sparring.telemetry;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Progress as plain lines, for log files and build machines. */
final class ProgressLines implements ProgressDisplay {
  private final PrintStream out;
  private final LongSupplier clock;
  private final Interval interval;
  private Progress first;
  private long startedAt;
  private Progress last;
  private boolean shown = true;

  ProgressLines(PrintStream out, Duration interval, LongSupplier clock) {
    this.out = out;
    this.clock = clock;
    this.interval = new Interval(interval, clock);
  }

  @Override
  public boolean due() {
    return interval.due();
  }

  @Override
  public void update(Progress progress) {
    if (first == null) {
      first = progress;
      startedAt = clock.getAsLong();
    }
    last = progress;
    shown = false;
    if (due()) {
      show();
    }
  }

  @Override
  public void close() {
    if (!shown) {
      show();
    }
  }

  private void show() {
    out.println(
        "step " + last.step() + "/" + last.steps() + "  " + last.figures() + "  left " + left());
    shown = true;
    interval.restart();
  }

  /** Time left at the pace since the first update, which a resumed run makes in mid-way. */
  private String left() {
    long done = last.step() - first.step();
    if (done == 0) {
      return "?";
    }
    double secondsAStep = (clock.getAsLong() - startedAt) / 1e9 / done;
    return clockFace(Math.round(secondsAStep * (last.steps() - last.step())));
  }

  private static String clockFace(long seconds) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
