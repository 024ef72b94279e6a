package org.sparring.telemetry;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * Formats progress as one line of a terminal. The figures take precedence: a narrow terminal shows
 * them shortened, and the bar gets the remaining width.
 */
final class BarLine {
  private static final int SHORTEST_BAR = 10;

  /** The largest number that is shown in full; larger ones are shown in thousands. */
  private static final long MOST_IN_FULL = 99_999;

  private BarLine() {}

  /**
   * @param length length of the line in characters; it is padded with spaces
   */
  static String of(Progress progress, OptionalLong secondsLeft, int length) {
    String steps = progress.step() + "/" + progress.steps();
    String full = progress.figures() + "  left " + clock(secondsLeft);
    int room = length - steps.length() - full.length() - 5;
    if (room < SHORTEST_BAR) {
      steps = count(progress.step()) + "/" + count(progress.steps());
      full = shortFigures(progress) + " left " + shortClock(secondsLeft);
      room = length - steps.length() - full.length() - 5;
    }
    String bar = room < SHORTEST_BAR ? " " : " [" + bar(progress, room) + "]  ";
    String line = steps + bar + full;
    return line + " ".repeat(Math.max(0, length - line.length()));
  }

  private static String bar(Progress progress, int room) {
    long steps = Math.max(1, progress.steps());
    int done = (int) (progress.step() / (double) steps * room);
    return "=".repeat(done) + " ".repeat(room - done);
  }

  private static String shortFigures(Progress progress) {
    String speed =
        kimg(progress.kimg()) + " " + count(Math.round(progress.imagesPerSecond())) + " img/s";
    if (progress.generatorAlone()) {
      return speed + " G " + number(progress.generatorLoss());
    }
    return speed
        + " D "
        + number(progress.discriminatorLoss())
        + " G "
        + number(progress.generatorLoss())
        + " D(x) "
        + number(progress.realScore())
        + " D(G(z)) "
        + number(progress.fakeScore());
  }

  /** Formats a number in full up to five digits, then as 100k. */
  private static String count(long number) {
    return number <= MOST_IN_FULL ? String.valueOf(number) : number / 1000 + "k";
  }

  private static String kimg(double kimg) {
    return String.format(Locale.ROOT, kimg < 100 ? "%.1f kimg" : "%.0f kimg", kimg);
  }

  /** Formats a number with three characters if possible: .69, 1.2, 104; without a leading 0. */
  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    String format = size < 0.995 ? "%.2f" : size < 100 ? "%.1f" : size < 10_000 ? "%.0f" : "%.0e";
    String text = String.format(Locale.ROOT, format, value);
    return SignedZero.dropped(text).replaceFirst("^(-?)0\\.", "$1.");
  }

  /** Formats a time as 1:01:20, or ? if it is not known. */
  static String clock(OptionalLong seconds) {
    return seconds.isEmpty()
        ? "?"
        : String.format(
            Locale.ROOT,
            "%d:%02d:%02d",
            seconds.getAsLong() / 3600,
            seconds.getAsLong() / 60 % 60,
            seconds.getAsLong() % 60);
  }

  /** Formats a time like {@link #clock}, but in days if the hours have three digits. */
  private static String shortClock(OptionalLong seconds) {
    long hours = seconds.orElse(0) / 3600;
    return hours < 100 ? clock(seconds) : hours / 24 + "d" + hours % 24 + "h";
  }
}
