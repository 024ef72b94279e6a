package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.inference.GeneratorModel;
import org.sparring.inference.Images;
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
  private static final long SEED = 5;

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
      pixels("zoo", GeneratorModel.load(copied(Path.of("models", "dcgan-mnist", "saved_model"))));
    }
    Process python =
        new ProcessBuilder(System.getenv(PYTHON), SCRIPT.toString(), folder.toString())
            .redirectErrorStream(true)
            .start();
    String told = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(python.waitFor(5, TimeUnit.MINUTES), told);
    assertEquals(0, python.exitValue(), told);
    assertTrue(told.contains("all agree, TensorFlow 2.18"), told);
    told.lines().filter(l -> l.matches("(model|events|checkpoint|all) ?.*")).forEach(this::tell);
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
    var told = Console.run(settings, all);
    assertEquals(0, told.code(), told.err());
    return run;
  }

  private void exported(String name, String run, String precision) throws IOException {
    Path model = folder.resolve("models").resolve(name);
    Files.createDirectories(model.getParent());
    var told = Console.run("export", run, "--precision", precision, "--out", model.toString());
    assertEquals(0, told.code(), told.err());
    pixels(name, GeneratorModel.load(model));
  }

  private Path copied(Path model) throws IOException {
    Path target = folder.resolve("models").resolve("zoo");
    FileUtils.copyDirectory(model.toFile(), target.toFile());
    return target;
  }

  /** Writes latents, classes and images beside a model. */
  private void pixels(String name, GeneratorModel model) throws IOException {
    try (model) {
      float[] z = model.latents(SEED, IMAGES, GeneratorModel.UNTRUNCATED);
      int[] labels = IntStream.range(0, model.classes() == 0 ? 0 : IMAGES).toArray();
      Images images = labels.length == 0 ? model.generate(z) : model.generate(z, labels);
      write(name + ".z.f32", floats(z));
      write(name + ".images.f32", floats(images.values()));
      if (labels.length > 0) {
        ByteBuffer bytes = buffer(labels.length);
        bytes.asIntBuffer().put(labels);
        write(name + ".labels.i32", bytes);
      }
    }
  }

  private void write(String name, ByteBuffer bytes) throws IOException {
    Files.write(folder.resolve("models").resolve(name), bytes.array());
  }

  private static ByteBuffer floats(float[] values) {
    ByteBuffer bytes = buffer(values.length);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private static ByteBuffer buffer(int values) {
    return ByteBuffer.allocate(values * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }
}
