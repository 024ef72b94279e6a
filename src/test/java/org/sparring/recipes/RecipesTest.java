package org.sparring.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.assembly.Assembly;
import org.sparring.data.GlyphSource;
import org.sparring.data.PointSources;
import org.sparring.data.SampleSource;
import org.sparring.errors.RecipeException;
import org.sparring.training.TrainingGraph;
import org.tensorflow.ndarray.Shape;

class RecipesTest {
  @TempDir private Path folder;

  @Test
  void theDefaultIsOneOfTheShippedModels() {
    assertTrue(Recipes.names().contains(Recipes.DEFAULT_NAME), Recipes.names().toString());
  }

  @Test
  void aFileAFolderAndANameAreAllFound() throws Exception {
    Path file = folder.resolve("recipe.yaml");
    Files.writeString(file, "batch: 8\n");
    assertEquals("batch: 8\n", Recipes.read(file.toString()));
    assertEquals("batch: 8\n", Recipes.read(folder.toString()));
    assertTrue(Recipes.read(Recipes.DEFAULT_NAME).contains("glyphs"));
  }

  @Test
  void aNameThatIsNoneNamesTheNearest() {
    RecipeException refused =
        assertThrows(RecipeException.class, () -> Recipes.read("dcgan-glyph"));
    assertEquals(
        "recipe: expected a file or the name of a model, found 'dcgan-glyph'; did you mean"
            + " 'dcgan-glyphs'?",
        refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "dcgan-glyphs, dcgan-glyphs",
    "my/own.yaml, own",
    "my/own.yml, own",
    "models/faces/recipe.yaml, faces",
    "models/faces, faces",
    "models/faces/, faces",
    "models/x/../faces, faces",
    "v1.2, v1.2"
  })
  void aRunIsCalledAfterItsRecipe(String nameOrFile, String name) {
    assertEquals(name, Recipes.name(nameOrFile));
  }

  @Test
  void theFolderOneStandsInHasANameToo() {
    Path here = Path.of("").toAbsolutePath();
    assertEquals(here.getFileName().toString(), Recipes.name("."));
    assertEquals("null", Recipes.name("/"));
  }

  static List<String> shipped() {
    return Recipes.names();
  }

  /** On stand-in images of the recipe's geometry: the data set itself may not be here. */
  @ParameterizedTest
  @MethodSource("shipped")
  void everyShippedRecipeReadsAndBuildsItsGraph(String name) {
    Recipe recipe = new RecipeReader().overlay(Recipes.read(name), name).recipe();
    SampleSource source = source(recipe);
    TrainingGraph training = new Assembly(recipe).graph(source);
    try (var graph = training.graph()) {
      assertTrue(graph.operations().hasNext());
      Shape preview = training.preview().shape();
      assertEquals(Assembly.shape(source), preview.tail());
      assertEquals(recipe.samples().count(), preview.get(0));
    }
  }

  /** Points as the recipe has them, glyphs in place of images: their files may not be here. */
  private static SampleSource source(Recipe recipe) {
    Recipe.Data data = recipe.data();
    if (PointSources.named(data.source()).isPresent()) {
      return new Assembly(recipe).source();
    }
    int side = data.side() == 0 ? 32 : data.side();
    return new GlyphSource(16, side, data.channels() == 3 ? 3 : 1, recipe.seed());
  }
}
