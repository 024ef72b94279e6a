package org.sparring.recipes;

import static org.sparring.errors.RecipeException.requireBelowOne;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * The exponential moving average of the weights of the generator, which is sampled and exported.
 *
 * @param decay Decay per step; 0 uses the trained weights themselves. Range: 0 to below 1
 */
@JsonNaming(SnakeCaseStrategy.class)
public record EmaKeys(float decay) {
  /** The values of the keys that a recipe does not name. */
  public static final EmaKeys DEFAULT = new EmaKeys(0.999f);

  public EmaKeys {
    requireBelowOne("ema.decay", decay);
  }

  public EmaKeys withDecay(float decay) {
    return new EmaKeys(decay);
  }
}
