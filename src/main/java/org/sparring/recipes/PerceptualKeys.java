package org.sparring.recipes;

import static org.sparring.errors.RecipeException.require;
import static org.sparring.errors.RecipeException.requireNotNegative;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * A term of the generator's loss in the second phase of {@code task.kind: restore}: the mean
 * squared difference between the features of a generated and of the real image, which a trained
 * network computes (Ledig et al. 2017, equation 5).
 *
 * <p>Each {@code with} method returns a copy with one value changed.
 *
 * @param weight Weight of the term. Range: 0 or more
 * @param features The network, which is not trained. Values: {@code none}, {@code digits}, {@code
 *     fashion}, {@code graph:…} as in {@code ./sparring evaluate --features}, without {@code
 *     trust=true}
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PerceptualKeys(float weight, String features) {
  private static final String NONE = "none";

  /** The values of the keys that a recipe does not name. */
  public static final PerceptualKeys DEFAULT = new PerceptualKeys(1, NONE);

  public PerceptualKeys {
    requireNotNegative("perceptual.weight", weight);
    // a recipe file may be untrusted, and a trusted network may run any op
    require(
        !features.replace(" ", "").contains("trust=true"),
        "perceptual.features: expected a network without trust=true, found '" + features + "'");
  }

  /** Whether the term is computed. */
  public boolean isOn() {
    return weight > 0 && !features.equals(NONE);
  }

  public PerceptualKeys withWeight(float weight) {
    return new PerceptualKeys(weight, features);
  }

  public PerceptualKeys withFeatures(String features) {
    return new PerceptualKeys(weight, features);
  }
}
