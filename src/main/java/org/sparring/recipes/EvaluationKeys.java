package org.sparring.recipes;

import static org.sparring.errors.RecipeException.require;
import static org.sparring.errors.RecipeException.requireAtLeast;
import static org.sparring.errors.RecipeException.requireAtMost;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * Scores of the EMA generator against the test split, computed while training.
 *
 * <p>Each {@code with} method returns a copy with one value changed.
 *
 * @param features The network whose features are compared, as in {@code ./sparring evaluate
 *     --features}. Values: {@code none} (no scores), {@code digits}, {@code fashion}, {@code
 *     inception:FILE}, {@code graph:…} without {@code trust=true}
 * @param kimg Thousands of real images shown between two scores. Range: more than 0
 * @param samples Generated samples per score, and the largest number of real images of the test
 *     split. Range: 20 to 1000000
 * @param metric The score by which the best checkpoint is chosen ({@code ./sparring export
 *     --best}).
 * @param waits Whether training waits for a score. Otherwise a score is skipped if the last one is
 *     still being computed.
 */
@JsonNaming(SnakeCaseStrategy.class)
public record EvaluationKeys(
    String features, double kimg, int samples, ScoreKind metric, boolean waits) {
  /** The values of the keys that a recipe does not name. */
  public static final EvaluationKeys DEFAULT =
      new EvaluationKeys("none", 100, 5000, ScoreKind.FID, false);

  private static final String NONE = "none";
  private static final int MOST_SAMPLES = 1_000_000;

  /** Scores that can choose the best checkpoint. */
  public enum ScoreKind implements Keyword {
    /** Fréchet distance of the features. */
    FID,
    /** Kernel distance of the features. */
    KID;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static ScoreKind of(String label) {
      return Keyword.find("evaluation.metric", label, values());
    }
  }

  public EvaluationKeys {
    require(kimg > 0, "evaluation.kimg: expected more than 0, found " + kimg);
    requireAtLeast("evaluation.samples", samples, 20);
    requireAtMost("evaluation.samples", samples, MOST_SAMPLES);
    // a recipe file may be untrusted, and a trusted network may run any op
    require(
        !features.replace(" ", "").contains("trust=true"),
        "evaluation.features: expected a network without trust=true, found '"
            + features
            + "'\nName such a network in an evaluation after training instead.");
  }

  /** Returns whether the run is scored. */
  @JsonIgnore
  public boolean isOn() {
    return !features.equals(NONE);
  }

  public EvaluationKeys withFeatures(String features) {
    return new EvaluationKeys(features, kimg, samples, metric, waits);
  }

  public EvaluationKeys withKimg(double kimg) {
    return new EvaluationKeys(features, kimg, samples, metric, waits);
  }

  public EvaluationKeys withSamples(int samples) {
    return new EvaluationKeys(features, kimg, samples, metric, waits);
  }

  public EvaluationKeys withMetric(ScoreKind metric) {
    return new EvaluationKeys(features, kimg, samples, metric, waits);
  }

  public EvaluationKeys withWaits(boolean waits) {
    return new EvaluationKeys(features, kimg, samples, metric, waits);
  }
}
