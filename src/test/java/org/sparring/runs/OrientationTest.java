package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunFolder;
import org.sparring.telemetry.ProgressDisplay;

/** A recipe's {@code data.orientation}, up to the weights. */
class OrientationTest {
  @TempDir private Path folder;

  @Test
  void imagesAreTurnedUnlessTheRecipeSaysNot() throws IOException {
    assertTurnedUnlessNot("device");
  }

  @Tag("long")
  @Test
  void streamedImagesAreTurnedUnlessTheRecipeSaysNot() throws IOException {
    assertTurnedUnlessNot("stream");
  }

  /** Of two files with the same pixels one says that it lies on its side. */
  private void assertTurnedUnlessNot(String residence) throws IOException {
    String plain = weights("jpeg-plain-reference.jpg", residence, true);
    assertEquals(plain, weights("jpeg-exif-orientation-6.jpg", residence, false));
    assertNotEquals(plain, weights("jpeg-exif-orientation-6.jpg", residence, true));
  }

  private String weights(String name, String residence, boolean oriented) throws IOException {
    Path images = folder.resolve(name);
    if (!Files.exists(images)) {
      Files.createDirectories(images);
      try (InputStream in =
          getClass().getResourceAsStream("/org/sparring/pictures/images/" + name)) {
        Files.copy(in, images.resolve("a.jpg"));
      }
    }
    Recipe recipe =
        TinyRecipe.with(
            "data.source=folder:" + images,
            "data.residence=" + residence,
            "data.orientation=" + oriented,
            "steps=1",
            "meters.steps=0",
            "samples.steps=0",
            "checkpoint.steps=0");
    RunFolder run = new RunFolder(folder.resolve("run-" + name + oriented));
    return new Experiment(recipe, run, ProgressDisplay.silent()).train().weightsSha256();
  }
}
