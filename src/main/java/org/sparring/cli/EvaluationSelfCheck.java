package org.sparring.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.sparring.console.EvaluationTable;
import org.sparring.console.ExitCode;
import org.sparring.console.StandardOptions;
import org.sparring.scores.EvaluationReport;
import org.sparring.scores.KnownAnswers;

/**
 * Compares the metrics with known scores and prints the comparison.
 *
 * @param json whether one line of JSON is printed instead of tables
 */
record EvaluationSelfCheck(StandardOptions standard, boolean json) {
  private static final String CHECK = "%-10s %-64s %10s %10s %10s  %s%n";

  /**
   * Real images in place of generated images, which shows the score of a perfect generator.
   *
   * @param title title of the table
   * @param report computed after the known answers are printed
   */
  record Parts(String title, Supplier<EvaluationReport> report) {}

  /**
   * Runs the comparison and returns the exit code, which says whether every metric is as expected.
   */
  int run(long seed, Optional<Parts> parts) throws JsonProcessingException {
    List<KnownAnswers.Answer> answers = new KnownAnswers(seed).all();
    Map<String, Object> facts = new LinkedHashMap<>();
    boolean holds = answers.stream().allMatch(KnownAnswers.Answer::holds);
    facts.put("holds", holds);
    facts.put("answers", answers);
    if (!json) {
      print(answers);
    }
    if (parts.isPresent()) {
      EvaluationReport report = parts.get().report().get();
      facts.put("real_against_real", report.line());
      if (!json) {
        new EvaluationTable(standard.out()).print(report, parts.get().title());
      }
    }
    if (json) {
      standard.out().println(EvaluationTable.line(facts));
    }
    return holds ? ExitCode.DONE : ExitCode.REFUTED;
  }

  private void print(List<KnownAnswers.Answer> answers) {
    standard.out().printf(CHECK, "metric", "samples", "expected", "measured", "within", "holds");
    for (KnownAnswers.Answer answer : answers) {
      standard
          .out()
          .printf(
              CHECK,
              answer.metric(),
              answer.statement(),
              EvaluationTable.number(answer.expected()),
              EvaluationTable.number(answer.measured()),
              EvaluationTable.number(answer.tolerance()),
              answer.holds() ? "yes" : "NO");
    }
    standard.out().println();
    standard.out().flush();
  }
}
