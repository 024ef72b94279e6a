package org.sparring.modes;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
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

  /** The report as one line of JSON has it; figures that do not exist are left out. */
  public Line line() {
    ModesScore first = results.get(0).score();
    return new Line(
        task.label(),
        recipe,
        modes().mean(),
        finite(modes().standardError()),
        first.modesOf(),
        highQuality().map(Summary::mean).orElse(null),
        highQuality().map(s -> finite(s.standardError())).orElse(null),
        reverseKl().mean(),
        finite(reverseKl().standardError()),
        first.klFloor(),
        results.size(),
        samples,
        steps,
        results);
  }

  /** See {@link ModesReport}; means over the runs, and {@code se} their standard errors. */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Line(
      String task,
      String recipe,
      double modes,
      @JsonProperty("modes_se") Double modesError,
      int modesOf,
      Double highQuality,
      @JsonProperty("high_quality_se") Double highQualityError,
      double reverseKl,
      @JsonProperty("reverse_kl_se") Double reverseKlError,
      double klFloor,
      int runs,
      int samples,
      long steps,
      @JsonProperty("each") List<Result> results) {}

  private Summary summary(ToDoubleFunction<ModesScore> figure) {
    return Summary.of(results.stream().mapToDouble(r -> figure.applyAsDouble(r.score())).toArray());
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
