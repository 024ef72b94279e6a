package org.sparring.recipes;

import static org.sparring.errors.RecipeException.requireAtLeast;
import static org.sparring.errors.RecipeException.requirePositive;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.sparring.optimizers.Adam;
import org.sparring.recipes.OptimizerKeys.ScheduleKind;

/**
 * A first phase of {@code task.kind: restore}, in which the generator alone learns the mean
 * absolute difference. The schedule of {@code optimizer} begins after it.
 *
 * <p>Each {@code with} method returns a copy with one value changed.
 *
 * @param steps Steps of the first phase. A run of no more steps ends with it. Range: 0 or more
 * @param learningRate Learning rate of the generator in the first phase. Range: more than 0
 * @param schedule Learning rate schedule of the first phase, which reaches 0 at its end.
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PretrainingKeys(long steps, float learningRate, ScheduleKind schedule) {
  /** The values of the keys that a recipe does not name. */
  public static final PretrainingKeys DEFAULT =
      new PretrainingKeys(0, Adam.DEFAULT_LEARNING_RATE, ScheduleKind.CONSTANT);

  public PretrainingKeys {
    requireAtLeast("pretraining.steps", steps, 0);
    requirePositive("pretraining.learning_rate", learningRate);
  }

  public PretrainingKeys withSteps(long steps) {
    return new PretrainingKeys(steps, learningRate, schedule);
  }

  public PretrainingKeys withLearningRate(float learningRate) {
    return new PretrainingKeys(steps, learningRate, schedule);
  }

  public PretrainingKeys withSchedule(ScheduleKind schedule) {
    return new PretrainingKeys(steps, learningRate, schedule);
  }
}
