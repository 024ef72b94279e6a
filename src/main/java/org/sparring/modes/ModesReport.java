package org.sparring.modes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.sparring.metrics.Summary;

/**
 * A recipe's runs at a task.
 *
 * @param task what was learned
 * @param recipe by name
 * @param samples scored a run
 * @param steps of each run
 * @param results one a run
 */
public record ModesReport(
    ModesTask task, String recipe, int samples, long steps, List<Result> results) {

  /**
   * One run.
   *
   * @param folder of the run
   * @param seed of the run
   * @param score of its averaged generator
   * @param alarms that sounded
   * @param seconds that it took
   */
  public record Result(
      String folder, long seed, ModesScore score, List<String> alarms, double seconds) {}

  public Summary modes() {
    return summary(ModesScore::modes);
  }

  /** In per cent; empty for digits. */
  public Optional<Summary> highQuality() {
    return task.isPlane() ? Optional.of(summary(ModesScore::highQuality)) : Optional.empty();
  }

  /** Reverse KL less its floor, in nats. */
  public Summary klCorrected() {
    return summary(ModesScore::klCorrected);
  }

  /** In nats. */
  public Summary reverseKl() {
    return summary(ModesScore::reverseKl);
  }

  /**
   * The report as one line of JSON has it: means over the runs, their standard errors ({@code se}),
   * and each run. Figures that do not exist are left out.
   */
  public Map<String, Object> line() {
    ModesScore first = results.get(0).score();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("task", task.label());
    line.put("recipe", recipe);
    put(line, "modes", modes());
    line.put("modes_of", first.modesOf());
    highQuality().ifPresent(quality -> put(line, "high_quality", quality));
    put(line, "reverse_kl", reverseKl());
    line.put("kl_floor", first.klFloor());
    line.put("runs", results.size());
    line.put("samples", samples);
    line.put("steps", steps);
    line.put("each", results);
    return line;
  }

  private static void put(Map<String, Object> line, String name, Summary summary) {
    line.put(name, summary.mean());
    if (Double.isFinite(summary.standardError())) {
      line.put(name + "_se", summary.standardError());
    }
  }

  private Summary summary(ToDoubleFunction<ModesScore> figure) {
    return Summary.of(results.stream().mapToDouble(r -> figure.applyAsDouble(r.score())).toArray());
  }
}
