package org.sparring.scores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.sparring.data.ImageSource;
import org.sparring.data.Split;
import org.sparring.datasets.ImageSources;
import org.sparring.errors.RecipeException;
import org.sparring.modes.ModesBenchmark;
import org.sparring.modes.ModesTask;
import org.sparring.recipes.TinyRecipe;

/** Stacks of digits as the benchmark sees them. */
class StacksTest {
  /** Not a whole number of batches. */
  private static final int COUNT = 620;

  /** Three digits of which 99.57 % are classified correctly: 98.7 % of the stacks. */
  @Test
  void realStacksAreSeenAsWhatTheyAreLabelled() {
    String root = System.getenv("SPARRING_DATA");
    assumeTrue(root != null, "SPARRING_DATA is not set: no real data to read");
    String spec = "stacked-mnist:" + root + "/mnist#" + COUNT;
    ImageSource stacks = ImageSources.open(spec, 28, 0, 3, Split.TRAIN);
    int[] seen = Stacks.of(stacks);
    int right = 0;
    for (int i = 0; i < COUNT; i++) {
      right += seen[i] == stacks.label(i) ? 1 : 0;
    }
    assertTrue(right >= 0.97 * COUNT, right + " of " + COUNT);
  }

  /** The classifier would refuse them when all is trained. */
  @Test
  void stacksOfAnotherSideAreRefusedBeforeTheTraining() {
    ModesBenchmark benchmark = new ModesBenchmark(ModesTask.STACKED_MNIST, Path.of("none"), 1);
    String message =
        assertThrows(
                RecipeException.class,
                () ->
                    benchmark.requireFit(
                        TinyRecipe.with("data.source=stacked-mnist:D", "data.side=32")))
            .getMessage();
    assertEquals(
        "modes stacked-mnist: expected data.side 28, which the classifier knows, found 32",
        message);
    benchmark.requireFit(TinyRecipe.with("data.source=stacked-mnist:D", "data.side=28"));
    benchmark.requireFit(TinyRecipe.with("data.source=stacked-mnist:D", "data.side=0"));
  }
}
