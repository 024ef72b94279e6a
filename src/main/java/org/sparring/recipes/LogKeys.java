package org.sparring.recipes;

import static org.sparring.errors.RecipeException.requireAtLeast;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * Logged scalars.
 *
 * @param steps Training steps between two lines of scalars in {@code metrics.jsonl} and
 *     TensorBoard. Range: 1 or more
 */
@JsonNaming(SnakeCaseStrategy.class)
public record LogKeys(long steps) {
  /** The values of the keys that a recipe does not name. */
  public static final LogKeys DEFAULT = new LogKeys(20);

  public LogKeys {
    requireAtLeast("log.steps", steps, 1);
  }

  public LogKeys withSteps(long steps) {
    return new LogKeys(steps);
  }
}
