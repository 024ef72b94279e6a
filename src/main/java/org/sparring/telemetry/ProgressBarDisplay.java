package org.sparring.telemetry;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;

/** Shows progress as a bar that is redrawn in place, on a terminal. */
final class ProgressBarDisplay implements ProgressDisplay {
  private static final Duration REFRESH = Duration.ofMillis(250);

  private final PrintStream stream;
  private final ConsoleProgressBarConsumer out;
  private final Interval interval = new Interval(REFRESH, System::nanoTime);
  private ProgressBar bar;
  private TimeLeftEstimate pace;

  /** Read by the thread that draws the bar. */
  private volatile Progress last;

  ProgressBarDisplay(PrintStream out) {
    this(out, new ConsoleProgressBarConsumer(out));
  }

  /** Creates a display for a terminal of {@code columns} characters. */
  ProgressBarDisplay(PrintStream out, int columns) {
    this(out, new ConsoleProgressBarConsumer(out, columns - 1));
  }

  private ProgressBarDisplay(PrintStream stream, ConsoleProgressBarConsumer out) {
    this.stream = stream;
    this.out = out;
  }

  @Override
  public boolean due() {
    return interval.due();
  }

  @Override
  public void update(Progress progress) {
    last = progress;
    if (bar == null) {
      pace = new TimeLeftEstimate(progress, System::nanoTime);
      bar = start(progress);
    }
    bar.stepTo(progress.step());
    if (due()) {
      interval.restart();
    }
  }

  /** Prints the note in place of the bar, which is then redrawn below. */
  @Override
  public void note(String line) {
    String end = System.lineSeparator();
    stream.print("\r\u001b[K" + String.join(end, wrapped(line, out.getMaxRenderedLength())) + end);
    stream.flush();
  }

  /** Wraps a text at word boundaries; a word that is longer than a line is not split. */
  static List<String> wrapped(String text, int columns) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.split(" ")) {
      boolean fits = line.isEmpty() || line.length() + 1 + word.length() <= columns;
      if (!fits) {
        lines.add(line);
        line = "  " + word; // further lines of a note are indented
      } else {
        line = line.isEmpty() ? word : line + " " + word;
      }
    }
    lines.add(line);
    return lines;
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  /** Starts at the step of the first update, so that the time left of a resumed run is right. */
  private ProgressBar start(Progress first) {
    return new ProgressBarBuilder()
        .setInitialMax(first.steps())
        .startsFrom(first.step(), Duration.ZERO)
        .setUpdateIntervalMillis((int) REFRESH.toMillis())
        .setRenderer(this::line)
        .setConsumer(out)
        .build();
  }

  /**
   * Formats the line itself, because the library would truncate the figures at the end of its line.
   */
  private String line(ProgressState state, int length) {
    return BarLine.of(last, pace.secondsLeft(last), length);
  }
}
