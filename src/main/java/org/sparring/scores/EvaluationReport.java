package org.sparring.scores;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The scores of a generator and their protocol.
 *
 * @param scores in the order of the metrics
 * @param protocol every fact that two reports must share for their scores to be compared
 * @param notes notes that a reader needs to interpret the scores
 */
public record EvaluationReport(
    List<Score> scores, Map<String, Object> protocol, List<String> notes) {

  /**
   * One figure.
   *
   * @param name as in JSON, such as {@code fid}
   * @param title in words
   * @param value of the fakes against the real images, or of the fakes alone
   * @param error of the value; NaN where there is none
   * @param errorKind what the error is
   * @param real the same figure of real images: of one half against the other, or of all alone; NaN
   *     where it cannot be known
   * @param better whether a lower or a higher value is better, or neither
   */
  public record Score(
      String name,
      String title,
      double value,
      double error,
      String errorKind,
      double real,
      Better better) {}

  /** Which way is better. */
  public enum Better {
    LOWER,
    HIGHER,
    /** As near the real images' as can be. */
    REAL
  }

  public EvaluationReport {
    scores = List.copyOf(scores);
    notes = List.copyOf(notes);
  }

  /** The figure of a name. */
  public Score score(String name) {
    return scores.stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no score " + name));
  }

  /** For a line of JSON. */
  public Map<String, Object> line() {
    Map<String, Object> line = new LinkedHashMap<>();
    for (Score score : scores) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("value", score.value());
      entry.put("error", numberOrNull(score.error()));
      entry.put("error_kind", score.errorKind());
      entry.put("real", numberOrNull(score.real()));
      line.put(score.name(), entry);
    }
    line.putAll(protocol);
    line.put("notes", notes);
    return line;
  }

  /** JSON has no word for what is not a number. */
  private static Double numberOrNull(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
