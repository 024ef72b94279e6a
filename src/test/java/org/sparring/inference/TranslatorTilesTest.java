package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.data.ArrayDataset;
import org.sparring.data.Dataset;
import org.sparring.exports.PictureFunction;
import org.sparring.natives.SessionOptions;
import org.sparring.pictures.Bicubic;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Picture;
import org.sparring.recipes.RecipeReader;
import org.sparring.runs.Experiment;

/** Large pictures by tiles, with the networks of tasks from images to images. */
class TranslatorTilesTest {
  private static final int WHOLE = 1024;
  private static final ImageGeometry TRAINED = new ImageGeometry(16, 16, 3);

  @TempDir Path folder;

  /**
   * Convolutions of another size add in another order: where a value is between two levels, its
   * byte may differ by one. A tile that saw too little would change whole rows and columns.
   */
  @ParameterizedTest
  @CsvSource({"srresnet, 4", "rrdb, 2"})
  void anEnlargedPictureIsTheSameByAnyTile(String kind, int scale) {
    try (ImageModel model =
        trained("task.kind=restore", "translator.kind=" + kind, "task.scale=" + scale)) {
      PictureFunction upscale = model.function("upscale");
      Picture picture = noise(300, 500);
      byte[] whole = model.apply(upscale, picture, WHOLE).pixels();
      for (int tile : new int[] {128, 200, 256}) {
        int other = otherBytes(whole, model.apply(upscale, picture, tile).pixels());
        assertTrue(other <= whole.length / 200_000, other + " other bytes by tile " + tile);
      }
      Picture bicubic = Bicubic.resize(picture, scale * 300, scale * 500);
      double learned = difference(whole, bicubic.pixels());
      assertTrue(learned > 3, "the network changes the bicubic enlargement by " + learned);
      for (int[] size : new int[][] {{1, 1}, {3, 40}, {17, 2}}) {
        Picture small = noise(size[0], size[1]);
        Picture made = model.apply(upscale, small);
        assertEquals(new ImageGeometry(scale * size[0], scale * size[1], 3), made.geometry());
        assertEquals(0, otherBytes(made.pixels(), model.apply(upscale, small, 16).pixels()));
      }
    }
  }

  /** A tile that holds the picture is not filled up: its size does not matter. */
  @ParameterizedTest
  @CsvSource({"unet, 3, 0.1", "resnet, 1, 8"})
  void aPictureThatFitsATileIsTheSameByAnyTileAndOthersAreBlended(
      String kind, int depth, double most) {
    try (ImageModel model =
        trained("task.kind=paired", "translator.kind=" + kind, "translator.depth=" + depth)) {
      PictureFunction function = model.function("a_to_b");
      Picture picture = soft(61, 90);
      byte[] whole = model.apply(function, picture, WHOLE).pixels();
      for (int tile : new int[] {96, 128, 200}) {
        assertArrayEquals(whole, model.apply(function, picture, tile).pixels(), "tile " + tile);
      }
      double difference = difference(whole, model.apply(function, picture, 48).pixels());
      assertTrue(difference > 0 && difference < most, "mean difference " + difference);
    }
  }

  private ImageModel trained(String... task) {
    RecipeReader reader = new RecipeReader();
    List.of(
            "steps=6",
            "optimizer.learning_rate=0.02",
            "batch=2",
            "ema.decay=0",
            "translator.width=4",
            "translator.growth=2",
            "translator.depth=1",
            "translator.patch_width=4",
            "translator.patch_halvings=1",
            "samples.count=1",
            "meters.steps=0")
        .forEach(reader::set);
    List.of(task).forEach(reader::set);
    Experiment.builder(reader.recipe()).data(pairs()).silent().in(folder.resolve("run")).train();
    return ImageModel.load(folder.resolve("run"), SessionOptions.CPU, OpPolicy.KNOWN);
  }

  private static Dataset pairs() {
    int count = 4;
    return ArrayDataset.of("pairs", count)
        .images("a", TRAINED, pixels(count * TRAINED.bytes(), 1))
        .images("b", TRAINED, pixels(count * TRAINED.bytes(), 2));
  }

  /** Counts the bytes that differ, which may be by one level. */
  private static int otherBytes(byte[] a, byte[] b) {
    assertEquals(a.length, b.length);
    int count = 0;
    for (int i = 0; i < a.length; i++) {
      int levels = Math.abs((a[i] & 0xff) - (b[i] & 0xff));
      assertTrue(levels <= 1, levels + " levels at " + i);
      count += levels;
    }
    return count;
  }

  private static double difference(byte[] a, byte[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
    }
    return sum / a.length;
  }

  private static Picture noise(int height, int width) {
    return new Picture(new ImageGeometry(height, width, 3), pixels(height * width * 3, 5));
  }

  /** A picture that looks alike everywhere, so that all tiles have similar statistics. */
  private static Picture soft(int height, int width) {
    byte[] pixels = new byte[height * width * 3];
    for (int i = 0; i < pixels.length; i++) {
      int x = i / 3 % width;
      int y = i / 3 / width;
      pixels[i] = (byte) (128 + 60 * Math.sin(x / 3.0 + i % 3) + 60 * Math.cos(y / 4.0));
    }
    return new Picture(new ImageGeometry(height, width, 3), pixels);
  }

  private static byte[] pixels(int count, int seed) {
    byte[] pixels = new byte[count];
    new Random(seed).nextBytes(pixels);
    return pixels;
  }
}
