package org.sparring.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import org.sparring.scores.EvaluationReport;
import org.sparring.scores.EvaluationReport.Score;

/** Prints scores as a table for people and as a JSON line for scripts. */
public final class EvaluationTable {
  private static final String ROW = "%-30s %21s   %s%n";

  private final Spelling spelling = Spelling.of(Charset.defaultCharset());
  private final PrintWriter out;

  public EvaluationTable(PrintWriter out) {
    this.out = out;
  }

  /** Returns JSON in ASCII, which every console can print. */
  public static String line(Map<String, Object> facts) throws JsonProcessingException {
    return new ObjectMapper()
        .enable(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature())
        .writeValueAsString(facts);
  }

  /**
   * Prints the table of scores.
   *
   * @param scored name of the scored images, such as {@code generated}
   */
  public void print(EvaluationReport report, String scored) {
    row("", scored, "real against real");
    for (Score score : report.scores()) {
      String real = Double.isFinite(score.real()) ? number(score.real()) : "-";
      row(score.title(), withError(score), real);
    }
    out.println();
    for (Map.Entry<String, Object> fact : report.protocol().entrySet()) {
      say(String.format(Locale.ROOT, "%-15s %s", fact.getKey(), fact.getValue()));
    }
    for (Score score : report.scores()) {
      say(String.format(Locale.ROOT, "%-15s ± is the %s", score.name(), score.errorKind()));
    }
    report.notes().forEach(note -> say("note: " + note));
    say(
        "note: real against real is of two halves; is, confident, entropy and agreement are of"
            + " all real");
    out.flush();
  }

  private void row(String title, String value, String real) {
    out.print(spelling.of(String.format(Locale.ROOT, ROW, title, value, real)));
  }

  private void say(String line) {
    out.println(spelling.of(line));
  }

  private static String withError(Score score) {
    String error = Double.isFinite(score.error()) ? " ± " + number(score.error()) : "";
    return number(score.value()) + error;
  }

  /** Four decimals; three digits where those would say little. */
  public static String number(double value) {
    double size = Math.abs(value);
    String pattern = size >= 100 ? "%.2f" : size == 0 || size >= 0.002 ? "%.4f" : "%.2e";
    return String.format(Locale.ROOT, pattern, value);
  }
}
