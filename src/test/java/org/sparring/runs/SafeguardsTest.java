package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.RecipeException;
import org.sparring.errors.StorageException;
import org.sparring.inference.GeneratorModel;
import org.sparring.recipes.LossKeys.LossKind;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunFolder;
import org.sparring.runfolders.RunPlan;

/** Operations on its own run, or on other files, that an experiment refuses. */
class SafeguardsTest {
  @TempDir private static Path root;
  private static RunFolder folder;

  @BeforeAll
  static void train() {
    folder = new RunFolder(root.resolve("run"));
    new Experiment(TinyRecipe.with("steps=2"), folder).train();
  }

  @Test
  void anExportReplacesNoFolderOfAnotherKind() throws IOException {
    Path letters = Files.createDirectories(root.resolve("letters"));
    Files.writeString(letters.resolve("letter.txt"), "dear");
    for (Path target : new Path[] {letters, folder.root(), letters.resolve("letter.txt")}) {
      StorageException refused =
          assertThrows(StorageException.class, () -> experiment().export(target));
      assertTrue(refused.getMessage().contains("new or empty folder"), refused.getMessage());
    }
    assertEquals("dear", Files.readString(letters.resolve("letter.txt")));
    assertTrue(folder.isBegun());
  }

  @Test
  void anExportReplacesASavedModelAndFillsAnEmptyFolder() throws IOException {
    Path empty = Files.createDirectories(root.resolve("empty"));
    experiment().export(empty);
    experiment().export(empty);
    try (GeneratorModel model = GeneratorModel.load(empty)) {
      assertEquals(16, model.height());
    }
  }

  @Test
  void anExportDoesNotNeedTheData() {
    Recipe gone = TinyRecipe.with("steps=2", "data.source=folder:no/such/place");
    Path target = root.resolve("without-data");
    new Experiment(gone, folder).export(target);
    assertTrue(Files.exists(target.resolve("saved_model.pb")));
  }

  @Test
  void aLibraryUserCannotGoOnWithAnotherGameEither() {
    Recipe other = TinyRecipe.with("steps=4", "loss.kind=minimax");
    ArgumentException refused =
        assertThrows(ArgumentException.class, () -> new Experiment(other, folder).train());
    assertTrue(refused.getMessage().contains("loss.kind cannot change"), refused.getMessage());
    assertEquals(LossKind.NON_SATURATING, RunPlan.begun(folder).loss().kind());
  }

  @Test
  void aGpuThatIsNotThereIsRefusedBeforeTheRunBegins() {
    RunFolder fresh = new RunFolder(root.resolve("gpu"));
    Recipe recipe = TinyRecipe.with("steps=2", "device.kind=gpu:9");
    RecipeException refused =
        assertThrows(RecipeException.class, () -> new Experiment(recipe, fresh).train());
    assertTrue(refused.getMessage().contains("doctor"), refused.getMessage());
    assertTrue(Files.notExists(fresh.root()));
  }

  private static Experiment experiment() {
    return new Experiment(RunPlan.begun(folder), folder);
  }
}
