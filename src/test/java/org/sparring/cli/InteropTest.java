package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
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
