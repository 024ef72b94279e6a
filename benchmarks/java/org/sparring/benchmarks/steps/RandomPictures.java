package org.sparring.benchmarks.steps;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.sparring.assembly.TaskData;
import org.sparring.data.ArrayDataset;
import org.sparring.data.Dataset;
import org.sparring.pictures.ImageGeometry;
import org.sparring.recipes.Recipe;

/**
 * Data of the form that a recipe's task reads: the speed of a step does not depend on the values.
 */
final class RandomPictures {
  /** Enough that no batch repeats within a few steps. */
  private static final int BATCHES = 8;

  private RandomPictures() {}

  /** Eight minibatches of pictures (side, side, channels) for each field that the task reads. */
  static TaskData of(Recipe recipe) {
    return switch (recipe.task().kind()) {
      case PAIRED -> TaskData.of(images(recipe, "a", "b"));
      case UNPAIRED -> {
        Map<String, Dataset> both = new LinkedHashMap<>();
        both.put("a", images(recipe, "image"));
        both.put("b", images(recipe, "image"));
        yield new TaskData(both);
      }
      case SAMPLE, RESTORE -> TaskData.of(images(recipe, "image"));
    };
  }

  private static ArrayDataset images(Recipe recipe, String... fields) {
    int side = recipe.data().side();
    ImageGeometry image = new ImageGeometry(side, side, recipe.data().channels());
    int count = BATCHES * recipe.batch();
    ArrayDataset images = ArrayDataset.of("random pictures", count);
    Random random = new Random(1);
    for (String field : fields) {
      byte[] pixels = new byte[count * image.bytes()];
      random.nextBytes(pixels);
      images = images.images(field, image, pixels);
    }
    return images;
  }
}
