package org.sparring.telemetry;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Shows progress as plain lines, for log files and build machines. */
final class ProgressLines implements ProgressDisplay {
  private final PrintStream out;
  private final LongSupplier clock;
  private final Interval interval;
  private TimeLeftEstimate pace;
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
    if (pace == null) {
      pace = new TimeLeftEstimate(progress, clock);
    }
    last = progress;
    shown = false;
    if (due()) {
      show();
    }
  }

  @Override
  public void note(String line) {
    out.println(line);
  }

  @Override
  public void close() {
    if (!shown) {
      show();
    }
  }

  private void show() {
    out.println(
        "step "
            + last.step()
            + "/"
            + last.steps()
            + "  "
            + last.figures()
            + "  left "
            + BarLine.clock(pace.secondsLeft(last)));
    shown = true;
    interval.restart();
  }
}
