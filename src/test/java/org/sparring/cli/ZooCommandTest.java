package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sparring.inference.GeneratorModel;
import org.sparring.inference.ImageModel;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Picture;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.Recipes;
import org.sparring.recipes.TaskKeys.TaskKind;
import org.sparring.recipes.Zoo;

/** The models of this repository. */
class ZooCommandTest {
  private static final long LARGEST = 2_000_000;

  @Test
  void everyModelIsListedWithWhatItIs() throws IOException {
    String out = Console.run("zoo").out();
    for (String name : Recipes.names()) {
      assertTrue(out.contains("\n" + name + " "), name);
    }
    for (String line : Console.run("zoo", "--json").out().lines().toList()) {
      JsonNode entry = new ObjectMapper().readTree(line);
      assertTrue(entry.get("net").isTextual() && entry.get("data").isTextual(), line);
      boolean trained = entry.get("weights_bytes").asLong() > 0;
      assertEquals(
          trained,
          Files.exists(Path.of("models", entry.get("name").asText(), "saved_model/saved_model.pb")),
          line);
      // who has weights has a card with a title
      assertTrue(!trained || !entry.get("title").asText().isEmpty(), line);
    }
  }

  @Test
  void whatIsTrainedIsSmallAndMakesWhatItsRecipeSays() {
    for (Zoo.Entry entry : Zoo.entries()) {
      if (entry.isTrained()) {
        assertTrue(entry.weightsBytes() < LARGEST, entry.name());
        Path model = Path.of("models", entry.name());
        Recipe recipe = Recipes.load(entry.name()).recipe();
        if (recipe.task().isTranslation()) {
          assertKeepsColours(model, recipe);
        } else {
          assertSamples(model, recipe);
        }
      }
    }
  }

  private static void assertSamples(Path folder, Recipe recipe) {
    try (GeneratorModel model = GeneratorModel.load(folder)) {
      assertEquals(recipe.net().latent(), model.latent(), folder::toString);
      assertEquals(recipe.data().side(), model.height(), folder::toString);
      assertEquals(!recipe.labels().areUsed(), model.classes() == 0, folder::toString);
      assertEquals(2, model.sample(1, 2).count());
    }
  }

  /** A picture of one colour stays one colour. */
  private static void assertKeepsColours(Path folder, Recipe recipe) {
    try (ImageModel model = ImageModel.load(folder)) {
      ImageGeometry small = new ImageGeometry(18, 20, recipe.data().channels());
      byte[] grey = new byte[small.bytes()];
      Arrays.fill(grey, (byte) 100);
      Picture large = model.apply(model.functions().get(0), new Picture(small, grey));
      int scale = recipe.task().kind() == TaskKind.RESTORE ? recipe.task().scale() : 1;
      assertEquals(new ImageGeometry(18 * scale, 20 * scale, small.channels()), large.geometry());
      int middle = large.geometry().bytes() / 2;
      assertEquals(100, large.pixels()[middle], 6, folder::toString);
    }
  }
}
