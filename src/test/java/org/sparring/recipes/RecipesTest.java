package org.sparring.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.assembly.Assembly;
import org.sparring.assembly.TaskData;
import org.sparring.data.ArrayDataset;
import org.sparring.data.Dataset;
import org.sparring.data.GlyphSource;
import org.sparring.data.ImageSource;
import org.sparring.data.PointSources;
import org.sparring.errors.RecipeException;
import org.sparring.recipes.TaskKeys.TaskKind;
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

  /** Such as a jar inside another jar: resources can be read, and folders cannot be listed. */
  @Test
  void allAreListedAndReadWhereTheClassPathCannotBeListed() throws Exception {
    String home = System.getProperty("sparring.home");
    System.setProperty("sparring.home", folder.toString()); // no folder models
    try (InputStream in = Recipes.class.getResourceAsStream("models/index.txt")) {
      assertTrue(in != null, "expected an index");
      Class<?> recipes = new Nested().loadClass(Recipes.class.getName());
      assertEquals(inTheRepository(), recipes.getMethod("names").invoke(null));
      for (String name : inTheRepository()) {
        assertEquals(
            Files.readString(Path.of("models", name, "recipe.yaml")),
            recipes.getMethod("read", String.class).invoke(null, name));
      }
    } finally {
      if (home == null) {
        System.clearProperty("sparring.home");
      } else {
        System.setProperty("sparring.home", home);
      }
    }
  }

  @Test
  void aFolderModelsAddsItsOwn() throws Exception {
    String home = System.getProperty("sparring.home");
    Files.createDirectories(folder.resolve("models/faces"));
    Files.writeString(folder.resolve("models/faces/recipe.yaml"), "batch: 8\n");
    System.setProperty("sparring.home", folder.toString());
    try {
      assertTrue(Recipes.names().containsAll(List.of("faces", Recipes.DEFAULT_NAME)));
      assertEquals("batch: 8\n", Recipes.read("faces"));
    } finally {
      if (home == null) {
        System.clearProperty("sparring.home");
      } else {
        System.setProperty("sparring.home", home);
      }
    }
  }

  private static List<String> inTheRepository() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("models"))) {
      return folders
          .filter(model -> Files.exists(model.resolve("recipe.yaml")))
          .map(model -> model.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  /** Defines this project's classes again and gives streams in place of places. */
  private static final class Nested extends ClassLoader {
    Nested() {
      super(RecipesTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("org.sparring.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = known == null ? in.readAllBytes() : new byte[0];
        return known == null ? defineClass(name, bytes, 0, bytes.length) : known;
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    @Override
    public URL getResource(String name) {
      return null;
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      return getParent().getResourceAsStream(name);
    }
  }

  static List<String> shipped() {
    return Recipes.names();
  }

  /** On stand-in images of the recipe's geometry: the data set itself may not be here. */
  @ParameterizedTest
  @MethodSource("shipped")
  void everyShippedRecipeReadsAndBuildsItsGraph(String name) {
    Recipe recipe = new RecipeReader().overlay(Recipes.read(name), name).recipe();
    Dataset source = source(recipe);
    TaskData data =
        recipe.task().kind() == TaskKind.UNPAIRED
            ? new TaskData(Map.of("a", source, "b", source))
            : TaskData.of(source);
    TrainingGraph training = new Assembly(recipe).graph(data);
    try (var graph = training.graph()) {
      assertTrue(graph.operations().hasNext());
      Shape preview = training.preview().shape();
      assertEquals(Assembly.shape(source), preview.tail());
      // source, output and truth, or what comes back; unpaired images in both directions
      int rows = recipe.task().isTranslation() ? 3 : 1;
      if (recipe.task().kind() == TaskKind.UNPAIRED) {
        rows *= 2;
      }
      assertEquals(rows * recipe.samples().count(), preview.get(0));
    }
  }

  /** Points as the recipe has them, glyphs in place of images: their files may not be here. */
  private static Dataset source(Recipe recipe) {
    DataKeys data = recipe.data();
    if (PointSources.named(data.source()).isPresent()) {
      return new Assembly(recipe).data().first();
    }
    int side = data.side() == 0 ? 32 : data.side();
    ImageSource glyphs = new GlyphSource(16, side, data.channels() == 3 ? 3 : 1, recipe.seed());
    if (recipe.task().kind() != TaskKind.PAIRED) {
      return glyphs;
    }
    return ArrayDataset.of("pairs", 16)
        .images("a", glyphs.geometry(), glyphs.pixels())
        .images("b", glyphs.geometry(), glyphs.pixels());
  }
}
