package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.inference.ImageModel;
import org.sparring.inference.PictureModels;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Picture;
import org.sparring.recipes.TinyRecipe;

/**
 * What Sparring writes, read by Python's TensorFlow and TensorBoard. Runs where {@code
 * SPARRING_PYTHON} names a Python that has both; {@code .ci/interop} makes one.
 */
@EnabledIfEnvironmentVariable(
    named = InteropTest.PYTHON,
    matches = ".+",
    disabledReason = "no Python with TensorFlow named by SPARRING_PYTHON; .ci/interop makes one")
class InteropTest {
  static final String PYTHON = "SPARRING_PYTHON";

  private static final Path SCRIPT = Path.of("src", "test", "python", "interop.py");
  private static final int IMAGES = 8;

  @TempDir private Path folder;

  @Test
  void modelsEventsAndCheckpointsAreReadByTheOtherSide() throws Exception {
    // some steps, so that pixels are not all near 0
    String run = trained("run", "--steps", "30");
    String conditional = trained("classes", "--steps", "3", "--set", "labels.kind=projection");
    exported("plain", run, "float32");
    exported("plain-half", run, "float16");
    exported("conditional", conditional, "float32");
    // the image of a real net, with padding, strides and tanh as the default has them
    if (Files.exists(Path.of("models", "dcgan-mnist", "saved_model"))) {
      PixelFiles.write(copied(Path.of("models", "dcgan-mnist", "saved_model")), IMAGES);
    }
    String result = PixelFiles.run(SCRIPT, 5, folder.toString());
    assertTrue(result.contains("all agree, TensorFlow 2.18"), result);
    result.lines().filter(l -> l.matches("(model|events|checkpoint|all) ?.*")).forEach(this::tell);
  }

  @Test
  void aModelOfPicturesOfAnySizeIsReadByPython() throws Exception {
    Path run = PictureModels.export(folder.resolve("pictures"));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(run.resolve("saved_model").toString(), "upscale", "2"));
    try (ImageModel model = ImageModel.load(run)) {
      for (int[] size : new int[][] {{16, 16}, {33, 20}}) {
        String name = size[0] + "x" + size[1] + "x3.f32";
        Path file = folder.resolve(name);
        byte[] pixels = new byte[size[0] * size[1] * 3];
        new Random(1).nextBytes(pixels);
        Picture picture = new Picture(new ImageGeometry(size[0], size[1], 3), pixels);
        Files.write(file, PixelFiles.scaled(pixels));
        byte[] made = model.apply(model.function("upscale"), picture).pixels();
        Files.write(folder.resolve(name + ".out"), made);
        arguments.add(file.toString());
      }
    }
    Path script = SCRIPT.resolveSibling("pictures.py");
    String result = PixelFiles.run(script, 3, arguments.toArray(String[]::new));
    assertTrue(result.contains("2 pictures agree"), result);
  }

  private void tell(String line) {
    System.out.println(line);
  }

  private String trained(String name, String... options) {
    String run = folder.resolve(name).toString();
    List<String> settings = TinyRecipe.options("log.steps=5", "samples.steps=10");
    String[] all = new String[options.length + 3];
    System.arraycopy(new String[] {"train", "--run", run}, 0, all, 0, 3);
    System.arraycopy(options, 0, all, 3, options.length);
    var result = Console.run(settings, all);
    assertEquals(0, result.code(), result.err());
    return run;
  }

  private void exported(String name, String run, String precision) throws IOException {
    Path model = folder.resolve("models").resolve(name);
    Files.createDirectories(model.getParent());
    var result = Console.run("export", run, "--precision", precision, "--out", model.toString());
    assertEquals(0, result.code(), result.err());
    PixelFiles.write(model, IMAGES);
  }

  private Path copied(Path model) throws IOException {
    Path target = folder.resolve("models").resolve("zoo");
    FileUtils.copyDirectory(model.toFile(), target.toFile());
    return target;
  }
}
