package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.recipes.TinyRecipe;

/**
 * Exported models converted by the commands of docs/exports.md, and what ONNX Runtime, TensorFlow
 * Lite, Keras and a frozen graph make of the latents that {@code GeneratorModel} was given. Runs
 * where {@code SPARRING_PYTHON} names a Python that has them; {@code .ci/interop} makes one.
 */
@EnabledIfEnvironmentVariable(
    named = InteropTest.PYTHON,
    matches = ".+",
    disabledReason = "no Python with TensorFlow named by SPARRING_PYTHON; .ci/interop makes one")
class ConversionTest {
  private static final Path SCRIPT = Path.of("src", "test", "python", "conversions.py");
  private static final Path SHIPPED = Path.of("models", "dcgan-mnist", "saved_model");
  private static final int IMAGES = 64;

  @TempDir private Path folder;

  @Test
  void theDefaultNetIsConvertedWithTheSamePixels() throws Exception {
    exported("dcgan-half", "float16", "net.kind=dcgan");
    exported("dcgan-classes", "float32", "net.kind=dcgan", "labels.kind=projection");
    convert();
  }

  @Tag("long")
  @Test
  void eachNetIsConvertedWithTheSamePixels() throws Exception {
    exported("dcgan", "float32", "net.kind=dcgan");
    exported("resnet", "float32", "net.kind=resnet");
    exported("r3-classes", "float32", "net.kind=r3", "labels.kind=projection");
    exported("mlp", "float32", "net.kind=mlp");
    convert();
  }

  private void convert() throws Exception {
    if (Files.exists(SHIPPED)) { // of 32×32, with padding and strides as the default has them
      FileUtils.copyDirectory(SHIPPED.toFile(), folder.resolve("models/shipped").toFile());
      PixelFiles.write(folder.resolve("models/shipped"), IMAGES);
    }
    String printed = PixelFiles.run(SCRIPT, 10, folder.resolve("models").toString());
    assertTrue(printed.contains("all conversions agree"), printed);
    printed.lines().filter(l -> l.matches("(model|all) .*")).forEach(System.out::println);
  }

  private void exported(String name, String precision, String... settings) throws Exception {
    Path run = folder.resolve("run-" + name);
    Path model = folder.resolve("models").resolve(name);
    List<String> all = new ArrayList<>(List.of("meters.steps=0", "steps=10"));
    all.addAll(List.of(settings));
    run(TinyRecipe.options(all.toArray(String[]::new)), "train", "--run", run.toString());
    Files.createDirectories(model.getParent());
    run(
        List.of("--precision", precision, "--frozen", model + ".pb"),
        "export",
        run.toString(),
        "--out",
        model.toString());
    PixelFiles.write(model, IMAGES);
  }

  private static void run(List<String> more, String... command) {
    Console.Result result =
        Console.run(Stream.concat(Stream.of(command), more.stream()).toArray(String[]::new));
    assertEquals(0, result.code(), result.err());
  }
}
