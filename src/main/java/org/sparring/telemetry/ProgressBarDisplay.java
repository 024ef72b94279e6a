package org.sparring.telemetry;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress as a bar that rewrites itself, for a person at a terminal. */
final class ProgressBarDisplay implements ProgressDisplay {
  private static final Duration REFRESH = Duration.ofMillis(250);

  private final PrintStream out;
  private final Interval interval = new Interval(REFRESH, System::nanoTime);
  private ProgressBar bar;
  private Progress last;

  ProgressBarDisplay(PrintStream out) {
    this.out = out;
  }

  @Override
  public boolean due() {
    return interval.due();
  }

  @Override
  public void update(Progress progress) {
    if (bar == null) {
      bar = start(progress);
    }
    last = progress;
    bar.stepTo(progress.step());
    if (due()) {
      bar.setExtraMessage("  " + progress.figures());
      interval.restart();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.setExtraMessage("  " + last.figures());
      bar.close();
      bar = null;
    }
  }

  /** Starts at the step of the first update, so that the time left of a resumed run is right. */
  private ProgressBar start(Progress first) {
    return new ProgressBarBuilder()
        .setTaskName("train")
        .setInitialMax(first.steps())
        .startsFrom(first.step(), Duration.ZERO)
        .setUpdateIntervalMillis((int) REFRESH.toMillis())
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(out))
        .build();
  }
}
