package org.sparring.recipes;

import static org.sparring.errors.RecipeException.requireAtLeast;
import static org.sparring.errors.RecipeException.requireNotNegative;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * When checkpoints are written and how many are kept.
 *
 * <p>Each {@code with} method returns a copy with one value changed.
 *
 * @param steps Training steps between checkpoints. Range: 0 or more; 0 writes none by steps
 * @param minutes Minutes between checkpoints. Range: 0 or more; 0 writes none by time
 * @param keep Number of the newest checkpoints that are kept. Range: 1 or more
 */
@JsonNaming(SnakeCaseStrategy.class)
public record CheckpointKeys(long steps, double minutes, int keep) {
  /** The values of the keys that a recipe does not name. */
  public static final CheckpointKeys DEFAULT = new CheckpointKeys(500, 10, 3);

  public CheckpointKeys {
    requireAtLeast("checkpoint.steps", steps, 0);
    requireNotNegative("checkpoint.minutes", minutes);
    requireAtLeast("checkpoint.keep", keep, 1);
  }

  public CheckpointKeys withSteps(long steps) {
    return new CheckpointKeys(steps, minutes, keep);
  }

  public CheckpointKeys withMinutes(double minutes) {
    return new CheckpointKeys(steps, minutes, keep);
  }

  public CheckpointKeys withKeep(int keep) {
    return new CheckpointKeys(steps, minutes, keep);
  }
}
