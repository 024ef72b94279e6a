package org.sparring.recipes;

import static org.sparring.errors.RecipeException.requireAtLeast;
import static org.sparring.errors.RecipeException.requireAtMost;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * Meters and alarms: regular measurements that detect collapse, divergence and overfitting.
 *
 * <p>Each {@code with} method returns a copy with one value changed.
 *
 * @param steps Training steps between two measurements. Range: 0 or more; 0 turns meters and alarms
 *     off
 * @param samples Real, held-out and generated samples per measurement; for points four times as
 *     many. Range: 8 to 1024
 */
@JsonNaming(SnakeCaseStrategy.class)
public record MeterKeys(long steps, int samples) {
  /** The values of the keys that a recipe does not name. */
  public static final MeterKeys DEFAULT = new MeterKeys(50, 64);

  public MeterKeys {
    requireAtLeast("meters.steps", steps, 0);
    requireAtLeast("meters.samples", samples, 8);
    requireAtMost("meters.samples", samples, 1024);
  }

  public MeterKeys withSteps(long steps) {
    return new MeterKeys(steps, samples);
  }

  public MeterKeys withSamples(int samples) {
    return new MeterKeys(steps, samples);
  }
}
