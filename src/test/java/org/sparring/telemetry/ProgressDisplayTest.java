package org.sparring.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.sparring.errors.TelemetryException;

class ProgressDisplayTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
  private final AtomicLong seconds = new AtomicLong();

  @Test
  void aLineShowsEveryFigureAndTheTimeLeft() {
    try (ProgressDisplay display = lines()) {
      display.update(at(100));
      seconds.set(10);
      display.update(at(200));
    }
    assertEquals(
        List.of(
            "step 100/37000  6.4 kimg  412 images/s  d_loss 0.693  g_loss 1.204  D(x) 0.51"
                + "  D(G(z)) 0.42  left ?",
            // 36,800 steps left at ten a second
            "step 200/37000  12.8 kimg  412 images/s  d_loss 0.693  g_loss 1.204  D(x) 0.51"
                + "  D(G(z)) 0.42  left 1:01:20"),
        printedLines());
  }

  @Test
  void linesComeOnceAnIntervalAndTheLastStandingAtTheEnd() {
    try (ProgressDisplay display = lines()) {
      for (int step = 1; step <= 25; step++) {
        seconds.set(step);
        display.update(at(step));
      }
    }
    assertEquals(
        List.of("step 1/", "step 11/", "step 21/", "step 25/"),
        printedLines().stream().map(line -> line.substring(0, line.indexOf('/') + 1)).toList());
  }

  @Test
  void figuresHaveAPointWhateverTheMachinesLanguage() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertTrue(at(100).figures().startsWith("6.4 kimg"), at(100).figures());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void nothingIsShownOfARunWithoutUpdates() {
    lines().close();
    assertTrue(printedLines().isEmpty());
  }

  @Test
  void anUpdateThatShowsNothingAllocatesNothing() {
    try (ProgressDisplay lines = lines();
        ProgressDisplay bar = new ProgressBarDisplay(out)) {
      assertTrue(bytesAllocatedBy(lines) < 1000, "lines");
      // the bar shows itself a few times while the test runs; one string a step would be 10 MB
      assertTrue(bytesAllocatedBy(bar) < 1_000_000, "bar");
    }
  }

  @Test
  void aBarEndsOnTheLastStandingWithItsFigures() {
    try (ProgressDisplay display = new ProgressBarDisplay(out)) {
      display.update(at(100));
      display.update(at(36900));
    }
    String bar = printed.toString(StandardCharsets.UTF_8);
    assertTrue(bar.contains("36900/37000"), bar);
  }

  @Test
  void aTerminalOfEightyColumnsShowsEveryFigureAndTheTimeLeft() {
    Progress far = new Progress(36_900, 37_000, 2361.6, 1412, 0.693, 1.204, 0.51, 0.42, false);
    assertEquals(
        "36900/37000 2362 kimg 1412 img/s D .69 G 1.2 D(x) .51 D(G(z)) .42 left 1:01:20 ",
        BarLine.of(far, OptionalLong.of(3680), 79));
    Progress farther =
        new Progress(999_999, 1_000_000, 64_000, 41_234, -10.25, 1e30, 0.999, Double.NaN, false);
    assertEquals(
        "999k/1000k 64000 kimg 41234 img/s D -10.3 G 1e+30 D(x) 1.0 D(G(z)) NaN left 9d6h",
        BarLine.of(farther, OptionalLong.of(800_000), 79));
  }

  /** While there is no discriminator, its figures would be zeros. */
  @Test
  void aGeneratorThatIsTrainedAloneIsShownAlone() {
    Progress alone = new Progress(1, 2, 0.1, 5, 0, 0.25, 0, 0, true);
    assertEquals("0.1 kimg  5 images/s  g_loss 0.250", alone.figures());
    assertEquals(
        "1/2 0.1 kimg 5 img/s G .25 left 0:00:01", BarLine.of(alone, OptionalLong.of(1), 39));
  }

  @Test
  void aSmallNegativeNumberIsPrintedAsZero() {
    Progress near = new Progress(1, 2, 0.1, 5, -0.0004, -0.004, -0.001, 0, false);
    assertTrue(near.figures().contains("d_loss 0.000  g_loss -0.004  D(x) 0.00 "), near.figures());
    assertTrue(
        BarLine.of(near, OptionalLong.of(1), 79).contains("D .00 G .00 D(x) .00 D(G(z)) .00"),
        BarLine.of(near, OptionalLong.of(1), 79));
    assertEquals("-0.01 -10.0 x-0 10^0.0", SignedZero.dropped("-0.01 -10.0 x-0 10^-0.0"));
  }

  @Test
  void aNoteIsBrokenBetweenWords() {
    assertEquals(
        List.of("alarm", "  what", "  incomprehensible", "  is it"),
        ProgressBarDisplay.wrapped("alarm what incomprehensible is it", 8));
    assertEquals(List.of("short"), ProgressBarDisplay.wrapped("short", 80));
  }

  @Test
  void aWideTerminalShowsTheFiguresInFullAndABarInTheRoomThatIsLeft() {
    String line = BarLine.of(at(18500), OptionalLong.of(3680), 199);
    assertEquals(199, line.length());
    assertTrue(line.matches("18500/37000 \\[=+ +]  " + ".*"), line);
    assertTrue(line.endsWith("]  " + at(18500).figures() + "  left 1:01:20"), line);
    assertEquals(line.chars().filter(c -> c == '=').count(), (line.indexOf(']') - 13) / 2);
  }

  @Test
  void theDisplayGivesItsLineTheWidthOfTheTerminal() {
    try (ProgressDisplay display = new ProgressBarDisplay(out, 80)) {
      display.update(at(100));
      display.update(at(36900));
    }
    String shown = printed.toString(StandardCharsets.UTF_8);
    String last = shown.substring(shown.lastIndexOf('\r') + 1).stripTrailing();
    assertTrue(
        last.matches(
            "36900/37000 2362 kimg 412 img/s D \\.69 G 1\\.2 D\\(x\\) \\.51 D\\(G\\(z\\)\\) \\.42 left"
                + " 0:00:0\\d"),
        shown);
  }

  @Test
  void standardOutputStaysEmpty() {
    PrintStream standard = System.out;
    System.setOut(out);
    try (ProgressDisplay display = ProgressDisplay.open(Duration.ZERO)) {
      display.update(at(1));
    } finally {
      System.setOut(standard);
    }
    assertEquals(0, printed.size());
  }

  @Test
  void aBarIsForATerminalThatAPersonWatches() {
    assertTrue(Terminal.isWatched(true, Map.of()));
    assertTrue(Terminal.isWatched(true, Map.of("CI", "false")));
    assertFalse(Terminal.isWatched(true, Map.of("CI", "true")));
    assertFalse(Terminal.isWatched(true, Map.of("TERM", "dumb")));
    assertFalse(Terminal.isWatched(false, Map.of()));
  }

  @Test
  void aStepBeyondTheLastOneIsRefused() {
    TelemetryException refused =
        assertThrows(TelemetryException.class, () -> new Progress(5, 4, 0, 0, 0, 0, 0, 0, false));
    assertEquals("A run's steps must be at least its step 5, found 4.", refused.getMessage());
  }

  private ProgressDisplay lines() {
    return new ProgressLines(out, Duration.ofSeconds(10), () -> seconds.get() * 1_000_000_000);
  }

  private static long bytesAllocatedBy(ProgressDisplay display) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Progress progress = at(100);
    display.update(progress);
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < 100_000; i++) {
      display.update(progress);
    }
    return threads.getThreadAllocatedBytes(thread) - before;
  }

  private List<String> printedLines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static Progress at(long step) {
    return new Progress(step, 37000, step * 0.064, 412, 0.693, 1.204, 0.51, 0.42, false);
  }
}
