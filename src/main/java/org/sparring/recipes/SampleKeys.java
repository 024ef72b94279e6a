package org.sparring.recipes;

import static org.sparring.errors.RecipeException.requireAtLeast;
import static org.sparring.errors.RecipeException.requireAtMost;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * Grids of generated samples, written while training.
 *
 * <p>Each {@code with} method returns a copy with one value changed.
 *
 * @param steps Training steps between grids. Range: 0 or more; 0 writes one at the end only
 * @param count Images per grid. Range: 1 to 10000
 */
@JsonNaming(SnakeCaseStrategy.class)
public record SampleKeys(long steps, int count) {
  /** The values of the keys that a recipe does not name. */
  public static final SampleKeys DEFAULT = new SampleKeys(200, 64);

  private static final int MOST_SAMPLES = 10_000;

  public SampleKeys {
    requireAtLeast("samples.steps", steps, 0);
    requireAtLeast("samples.count", count, 1);
    requireAtMost("samples.count", count, MOST_SAMPLES);
  }

  public SampleKeys withSteps(long steps) {
    return new SampleKeys(steps, count);
  }

  public SampleKeys withCount(int count) {
    return new SampleKeys(steps, count);
  }
}
