package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.sparring.inference.GeneratorModel;
import org.sparring.recipes.Recipes;
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
        var recipe = Recipes.load(entry.name()).recipe();
        try (GeneratorModel model = GeneratorModel.load(Path.of("models", entry.name()))) {
          assertEquals(recipe.net().latent(), model.latent(), entry.name());
          assertEquals(recipe.data().side(), model.height(), entry.name());
          assertEquals(!recipe.labels().areUsed(), model.classes() == 0, entry.name());
          assertEquals(2, model.sample(1, 2).count());
        }
      }
    }
  }
}
