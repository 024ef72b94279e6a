package org.sparring.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.recipes.RecipeReader;

/** Two workers train tasks from images to images as one process does. */
class SharedTranslationTest {
  private static final double ROUNDING = 1e-6;

  private static final List<String> TINY =
      List.of(
          "data.side=32",
          "data.channels=3",
          "data.crop=16",
          "data.mirror=true",
          "data.turn=true",
          "batch=4",
          "steps=10",
          "translator.width=4",
          "translator.patch_width=4",
          "translator.patch_halvings=1",
          "optimizer.kind=sgd",
          "optimizer.learning_rate=0.0002",
          "optimizer.discriminator_learning_rate=0.0002",
          "samples.count=2",
          "meters.steps=0",
          "device.kind=cpu");

  @TempDir Path folder;

  /** The pool holds the images of both workers; it is full after two steps. */
  @Test
  void unpairedWithAPool() throws Exception {
    requireEqual(
        "data.source=domains:" + images("a", 1) + "," + images("b", 2),
        "task.kind=unpaired task.pool=8 translator.kind=resnet translator.depth=1"
            + " translator.patch_norm=instance loss.kind=least-squares");
  }

  @Tag("long")
  @Test
  void pairedWithBatchNormalisation() throws Exception {
    requireEqual(
        "data.source=pairs:" + images("a", 1) + "," + images("b", 2),
        "task.kind=paired task.pixel=10 translator.kind=unet translator.depth=2"
            + " translator.patch_norm=batch");
  }

  @Tag("long")
  @Test
  void restoredInTwoPhases() throws Exception {
    requireEqual(
        "data.source=photos:" + images("a", 1),
        "task.kind=restore task.scale=2 pretraining.steps=5 task.pixel=1 translator.kind=srresnet"
            + " translator.depth=1 translator.patch_norm=none loss.kind=relativistic-average");
  }

  private void requireEqual(String source, String settings) throws Exception {
    RecipeReader reader = new RecipeReader().set(source);
    TINY.forEach(reader::set);
    Stream.of(settings.split(" ")).forEach(reader::set);
    SharedRun alone = SharedRun.alone(reader.recipe());
    List<SharedRun> two = SharedRun.together(2, reader.recipe());
    assertEquals(two.get(0).sha256(), two.get(1).sha256());
    double distance = alone.distance(two.get(0));
    assertTrue(distance <= ROUNDING, () -> "" + distance);
  }

  private Path images(String name, int seed) throws IOException {
    Path all = Files.createDirectories(folder.resolve(name));
    Random random = new Random(seed);
    for (int i = 0; i < 9; i++) {
      BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < 1024; pixel++) {
        image.setRGB(pixel % 32, pixel / 32, random.nextInt(1 << 24));
      }
      ImageIO.write(image, "png", all.resolve(i + ".png").toFile());
    }
    return all;
  }
}
