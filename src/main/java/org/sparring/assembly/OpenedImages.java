package org.sparring.assembly;

import java.util.Optional;
import org.sparring.data.Dataset;
import org.sparring.data.ForwardingDataset;
import org.sparring.data.ImageSource;
import org.sparring.data.Split;
import org.sparring.datasets.ImageSources;
import org.sparring.errors.DataException;
import org.sparring.recipes.DataKeys;
import org.sparring.recipes.Recipe;

/** The training images that a recipe names; the held-out images are opened when they are needed. */
final class OpenedImages extends ForwardingDataset {
  private final Recipe recipe;
  private final ImageSource images;

  private OpenedImages(Recipe recipe, ImageSource images) {
    super(images);
    this.recipe = recipe;
    this.images = images;
  }

  /** Opens the training images. */
  static Dataset of(Recipe recipe) {
    return new OpenedImages(recipe, open(recipe, Split.TRAIN));
  }

  /** Images that are never trained on; stacked digits have one part only. */
  @Override
  public Optional<? extends Dataset> heldOut() {
    Optional<? extends Dataset> known = images.heldOut();
    boolean onePart = images.isWhole() || recipe.data().source().startsWith("stacked-mnist:");
    if (known.isPresent() || onePart) {
      return known;
    }
    try {
      return Optional.of(open(recipe, Split.TEST));
    } catch (DataException e) {
      // only the training files are there, and nothing else needs the others
      return Optional.empty();
    }
  }

  private static ImageSource open(Recipe recipe, Split split) {
    DataKeys data = recipe.data();
    return ImageSources.open(
        data.source(), data.side(), data.channels(), recipe.seed(), split, Assembly.options(data));
  }
}
