package org.sparring.assembly;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sparring.data.Dataset;
import org.sparring.data.ForwardingDataset;
import org.sparring.data.ImageSource;
import org.sparring.data.Split;
import org.sparring.datasets.DataSources;
import org.sparring.errors.DataException;
import org.sparring.pictures.Fit;
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

  /**
   * Opens the training images: one data set, also of pairs, or the two data sets {@code a} and
   * {@code b} of two domains.
   */
  static TaskData of(Recipe recipe) {
    Map<String, Dataset> byName = new LinkedHashMap<>();
    open(recipe, Split.TRAIN)
        .forEach(
            (name, dataset) ->
                byName.put(
                    name,
                    dataset instanceof ImageSource images && !DataSources.isNamed(source(recipe))
                        ? new OpenedImages(recipe, images)
                        : dataset));
    return new TaskData(byName);
  }

  private static String source(Recipe recipe) {
    return recipe.data().source();
  }

  /** Images that are never trained on; stacked digits have one part only. */
  @Override
  public Optional<? extends Dataset> heldOut() {
    Optional<? extends Dataset> known = images.heldOut();
    boolean onePart = images.isWhole() || source(recipe).startsWith("stacked-mnist:");
    if (known.isPresent() || onePart) {
      return known;
    }
    try {
      return Optional.of(open(recipe, Split.TEST).get(DataSources.DATA));
    } catch (DataException e) {
      // only the training files are there, and nothing else needs the others
      return Optional.empty();
    }
  }

  private static Map<String, Dataset> open(Recipe recipe, Split split) {
    DataKeys data = recipe.data();
    return DataSources.open(
        data.source(),
        new Fit(data.side(), data.channels()),
        recipe.seed(),
        split,
        Assembly.options(data));
  }
}
