package org.sparring.modes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.sparring.metrics.Summary;

/**
 * The runs of a recipe on a task.
 *
 * @param task the benchmark
 * @param recipe name of the recipe
 * @param samples number of scored samples per run
 * @param steps training steps of each run
 * @param results one result per run
 */
public record ModesReport(
    ModesTask task, String recipe, int samples, long steps, List<Result> results) {

  /**
   * The result of one run.
   *
   * @param folder folder of the run
   * @param seed seed of the run
   * @param score score of its averaged generator
   * @param alarms alarms that were raised
   * @param seconds duration in seconds
   */
  public record Result(
      String folder, long seed, ModesScore score, List<String> alarms, double seconds) {}

  public Summary modes() {
    return summary(ModesScore::modes);
  }

  /** Returns the share of high-quality samples in per cent; empty for digits. */
  public Optional<Summary> highQuality() {
    return task.isPlane() ? Optional.of(summary(ModesScore::highQuality)) : Optional.empty();
  }

  /** Returns the reverse KL minus its floor, in nats. */
  public Summary klCorrected() {
    return summary(ModesScore::klCorrected);
  }

  /** Returns the reverse KL in nats. */
  public Summary reverseKl() {
    return summary(ModesScore::reverseKl);
  }

  /**
   * Returns the content of the JSON line: means over the runs, their standard errors ({@code se}),
   * and each run. Figures that do not exist are omitted.
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
