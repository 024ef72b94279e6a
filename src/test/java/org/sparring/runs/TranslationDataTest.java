package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.data.ArrayDataset;
import org.sparring.data.Dataset;
import org.sparring.errors.DataException;
import org.sparring.errors.RecipeException;
import org.sparring.errors.SparringException;
import org.sparring.pictures.ImageGeometry;
import org.sparring.recipes.RecipeReader;

/** Data that a task from images to images refuses, before it trains. */
class TranslationDataTest {
  private static final String UNPAIRED = "unpaired resnet";
  private static final String PAIRED = "paired unet";
  private static final String RESTORED = "restore srresnet";
  private static final String SAMPLED = "sample unet";
  private static final Dataset RGB = images("image", 3);

  @TempDir private Path folder;

  @Test
  void twoDomainsAreNeededWithoutPairs() {
    String expected =
        "task.kind unpaired: expected two data sets, a and b, as of domains:DIR_A,DIR_B, found ";
    refused(UNPAIRED, Map.of("data", RGB), RecipeException.class, expected + "data");
    refused(UNPAIRED, Map.of("a", RGB), RecipeException.class, expected + "a");
  }

  @Test
  void theOtherTasksTakeOneDataSet() {
    Map<String, Dataset> two = new LinkedHashMap<>();
    two.put("a", RGB);
    two.put("b", RGB);
    for (String task : new String[] {PAIRED, RESTORED, SAMPLED}) {
      String kind = task.substring(0, task.indexOf(' '));
      refused(
          task,
          two,
          RecipeException.class,
          "task.kind " + kind + ": expected one data set, found a and b");
    }
  }

  @Test
  void imagesOfPairsAndDomainsHaveOneForm() {
    String expected = "expected images a and b of one size, and as many channels, found ";
    Map<String, Dataset> domains = new LinkedHashMap<>();
    domains.put("a", RGB);
    domains.put("b", images("image", 1));
    refused(UNPAIRED, domains, RecipeException.class, expected + "[16, 16, 3] and [16, 16, 1]");
    Dataset pairs =
        ArrayDataset.of("pairs", 4)
            .images("a", new ImageGeometry(16, 16, 1), new byte[4 * 256])
            .images("b", new ImageGeometry(16, 32, 1), new byte[4 * 512]);
    refused(
        PAIRED,
        Map.of("data", pairs),
        RecipeException.class,
        expected + "[16, 16, 1] and [16, 32, 1]");
  }

  @Test
  void pairsHaveTwoImages() {
    refused(
        PAIRED,
        Map.of("data", RGB),
        DataException.class,
        "images: expected a field a\nfound image\nUse a data set with this field.");
  }

  private void refused(
      String task,
      Map<String, Dataset> data,
      Class<? extends SparringException> type,
      String message) {
    RecipeReader reader = new RecipeReader().set("steps=1").set("batch=2").set("task.pool=2");
    reader.set("task.kind=" + task.split(" ")[0]).set("translator.kind=" + task.split(" ")[1]);
    reader.set("translator.depth=2").set("translator.patch_halvings=1");
    ExperimentBuilder builder = Experiment.builder(reader.recipe());
    data.forEach(builder::data);
    var e = assertThrows(type, () -> builder.silent().in(folder.resolve("run")).train());
    assertEquals(message, e.getMessage());
  }

  private static Dataset images(String field, int channels) {
    ImageGeometry form = new ImageGeometry(16, 16, channels);
    return ArrayDataset.of("images", 4).images(field, form, new byte[4 * form.bytes()]);
  }
}
