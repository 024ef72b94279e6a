package org.sparring.scores;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The scores of a generator and their protocol.
 *
 * @param scores in the order of the metrics
 * @param protocol the settings that two reports must share for their scores to be comparable
 * @param notes notes that a reader needs to interpret the scores
 */
public record EvaluationReport(
    List<Score> scores, Map<String, Object> protocol, List<String> notes) {

  /**
   * One score.
   *
   * @param name name in JSON, such as {@code fid}
   * @param title name for people
   * @param value value for the generated images, compared with the real images or alone
   * @param error error of the value; NaN if it is not known
   * @param errorKind description of the error
   * @param real the same score of real images: of one half compared with the other, or of all
   *     images alone; NaN if it is not known
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

  /** The direction of better values. */
  public enum Better {
    LOWER,
    HIGHER,
    /** The closer to the value of the real images, the better. */
    REAL
  }

  public EvaluationReport {
    scores = List.copyOf(scores);
    notes = List.copyOf(notes);
  }

  /** Returns the score with a name. */
  public Score score(String name) {
    return scores.stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no score " + name));
  }

  /** Returns the content of the JSON line. */
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

  /** Returns null for NaN and infinities, which JSON cannot represent. */
  private static Double numberOrNull(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
