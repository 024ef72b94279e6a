package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.recipes.AugmentKeys.AugmentKind;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.recipes.Recipes;
import org.sparring.runfolders.RunFolder;
import org.sparring.training.TrainingListener.Ending;

/** Recipes for data that is not here, on stand-ins and in small. */
class ReadyRecipesTest {
  private static final String[] SMALL = {
    "net.width=8", "batch=4", "steps=2", "samples.count=4", "meters.samples=8", "meters.steps=1"
  };

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"cifar10-dcgan", "cifar10-sndcgan", "cifar10-r3"})
  void thoseOfCifar10TrainOnImagesOfItsShape(String name) {
    RecipeReader reader = Recipes.load(name);
    Recipe whole = reader.recipe();
    assertEquals("cifar10:data/cifar10", whole.data().source());
    assertEquals(32, whole.data().side());
    assertEquals(3, whole.data().channels());
    assertTrue(whole.data().mirror());
    assertTrains(reader.set("data.source=glyphs:16"));
  }

  @Test
  void thatOfFoldersTrainsOnAFolderOfPictures() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    for (int i = 0; i < 5; i++) {
      BufferedImage picture = new BufferedImage(70 + i, 66, BufferedImage.TYPE_INT_RGB);
      picture.setRGB(i, i, Color.RED.getRGB());
      ImageIO.write(picture, "png", pictures.resolve(i + ".png").toFile());
    }
    RecipeReader reader = Recipes.load("folder");
    assertEquals(List.of(AugmentKind.values()), reader.recipe().augment().kinds());
    assertTrains(reader.set("data.source", "folder:" + pictures));
  }

  private void assertTrains(RecipeReader reader) {
    for (String setting : SMALL) {
      reader.set(setting);
    }
    Recipe recipe = reader.recipe();
    RunFolder run = new RunFolder(folder.resolve("run"));
    Outcome outcome = new Experiment(recipe, run).train();
    assertEquals(Ending.COMPLETED, outcome.ending());
    assertEquals(2, outcome.steps());
    assertTrue(Files.isDirectory(run.savedModel()));
  }
}
