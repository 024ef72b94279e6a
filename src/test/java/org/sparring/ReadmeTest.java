package org.sparring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.inference.BatchLimits;
import org.sparring.inference.GeneratorModel;
import org.sparring.inference.Images;
import org.sparring.inference.MicroBatcher;
import org.sparring.recipes.LossKeys.LossKind;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.recipes.Recipes;
import org.sparring.runfolders.RunFolder;
import org.sparring.runs.Experiment;
import org.sparring.runs.Outcome;
import org.sparring.telemetry.ImageGrid;

/** What README says is so. */
class ReadmeTest {
  private static final Pattern PICTURE = Pattern.compile("!\\[[^]]*]\\(([^)]*)\\)");

  @Test
  void theLibraryExampleRuns(@TempDir Path temporary) throws IOException {
    Recipe recipe =
        Recipes.load("dcgan-glyphs").set("steps=3").set("net.width=4").set("batch=8").recipe();
    RunFolder folder = new RunFolder(temporary.resolve("library"));
    Outcome outcome = new Experiment(recipe, folder).train();
    assertEquals(3, outcome.steps());

    try (GeneratorModel model = GeneratorModel.load(folder.savedModel())) {
      Images digits = model.sample(7, 64);
      ImageGrid.write(digits.grid(8), temporary.resolve("digits.png"));
      BufferedImage first = digits.image(0);
      assertEquals(32, first.getWidth());
    }
    assertTrue(Files.size(temporary.resolve("digits.png")) > 0);

    try (GeneratorModel model = GeneratorModel.load(folder.root());
        MicroBatcher batcher = new MicroBatcher(model, BatchLimits.DEFAULT)) {
      model.warmUp(1, 64);
      FloatBuffer pixels = FloatBuffer.allocate(32 * 32);
      batcher.sample(42, 1, pixels);
      assertEquals(0, pixels.remaining());
    }
  }

  @Test
  void theRecipeInJavaBuilds() {
    Recipe recipe =
        Recipe.DEFAULT.toBuilder()
            .net(n -> n.withWidth(32))
            .loss(l -> l.withKind(LossKind.HINGE))
            .steps(100)
            .build();
    assertEquals(
        List.of("net.width", "loss.kind", "steps"),
        RecipeReader.differences(Recipe.DEFAULT, recipe));
  }

  @Test
  void theRecipeInYamlIsRead() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String yaml = readme.replaceFirst("(?s).*```yaml\n(.*?)```.*", "$1");
    Recipe recipe = new RecipeReader().overlay(yaml, "README.md").recipe();
    assertEquals(
        List.of("data.source", "loss.kind", "steps"),
        RecipeReader.differences(Recipe.DEFAULT, recipe));
  }

  @Test
  void everyPictureIsThere() throws IOException {
    List<String> missing =
        PICTURE
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .map(MatchResult::group)
            .map(link -> PICTURE.matcher(link).replaceAll("$1"))
            .filter(file -> !Files.exists(Path.of(file)))
            .toList();
    assertEquals(List.of(), missing);
  }
}
