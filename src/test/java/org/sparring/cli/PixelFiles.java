package org.sparring.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.sparring.inference.GeneratorModel;
import org.sparring.inference.Images;

/** Latents, classes and images as files of plain numbers, for Python to compare with. */
final class PixelFiles {
  /** The seed in the scripts. */
  private static final long SEED = 5;

  private PixelFiles() {}

  /**
   * Writes {@code NAME.z.f32}, {@code NAME.labels.i32} and {@code NAME.images.f32} next to a model.
   *
   * @param model SavedModel folder
   */
  static void write(Path model, int count) throws IOException {
    try (GeneratorModel loaded = GeneratorModel.load(model)) {
      float[] z = loaded.latents(SEED, count, GeneratorModel.UNTRUNCATED);
      int classes = loaded.classes();
      int[] labels = IntStream.range(0, classes == 0 ? 0 : count).map(i -> i % classes).toArray();
      Images images = classes == 0 ? loaded.generate(z) : loaded.generate(z, labels);
      write(model, ".z.f32", floats(z));
      write(model, ".images.f32", floats(images.values()));
      if (classes > 0) {
        ByteBuffer bytes = buffer(labels.length);
        bytes.asIntBuffer().put(labels);
        write(model, ".labels.i32", bytes);
      }
    }
  }

  /**
   * Runs a script and returns what it printed.
   *
   * @param minutes after which it has failed
   */
  static String run(Path script, int minutes, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(System.getenv(InteropTest.PYTHON), script.toString()));
    command.addAll(Arrays.asList(arguments));
    Process python = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Assertions.assertTrue(python.waitFor(minutes, TimeUnit.MINUTES), printed);
    Assertions.assertEquals(0, python.exitValue(), printed);
    return printed;
  }

  private static void write(Path model, String end, ByteBuffer bytes) throws IOException {
    Files.write(model.resolveSibling(model.getFileName() + end), bytes.array());
  }

  /** Bytes 0 to 255 as little-endian float32 from −1 to 1. */
  static byte[] scaled(byte[] pixels) {
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (pixels[i] & 0xff) / 127.5f - 1;
    }
    return floats(values).array();
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
