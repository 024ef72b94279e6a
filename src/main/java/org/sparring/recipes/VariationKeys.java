package org.sparring.recipes;

import static org.sparring.errors.RecipeException.requireAtLeast;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * How real images are varied at random: all images of a sample in the same way. The keys are
 * written in the group {@code data}.
 *
 * @param mirror Whether half of the real images, chosen at random, are flipped horizontally.
 * @param crop Side in pixels of the square that is cut out of each real image, at a random place;
 *     at most `data.side`. Range: 0 or more; 0 shows whole images
 * @param turn Whether real images are rotated by 0, 90, 180 or 270 degrees, chosen at random.
 */
@JsonNaming(SnakeCaseStrategy.class)
public record VariationKeys(boolean mirror, int crop, boolean turn) {
  /** The values of the keys that a recipe does not name. */
  public static final VariationKeys DEFAULT = new VariationKeys(false, 0, false);

  public VariationKeys {
    requireAtLeast("data.crop", crop, 0);
  }

  public VariationKeys withMirror(boolean mirror) {
    return new VariationKeys(mirror, crop, turn);
  }

  public VariationKeys withCrop(int crop) {
    return new VariationKeys(mirror, crop, turn);
  }

  public VariationKeys withTurn(boolean turn) {
    return new VariationKeys(mirror, crop, turn);
  }
}
