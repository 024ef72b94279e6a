package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.natives.SessionOptions;

/** A shipped model in bfloat16 and in float32. */
class Bfloat16Test {
  private static final Path MODEL = Path.of("models/dcgan-mnist");

  private static boolean processorMultipliesIt() throws IOException {
    Path processors = Path.of("/proc/cpuinfo");
    return Files.exists(processors) && Files.readString(processors).contains("avx512_bf16");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64})
  void imagesAreNearlyThoseOfFloat32(int count) throws IOException {
    try (GeneratorModel full = GeneratorModel.load(MODEL, SessionOptions.CPU);
        GeneratorModel rounded = GeneratorModel.load(MODEL, SessionOptions.CPU.inBfloat16())) {
      double error = meanSquare(full.sample(3, count).values(), rounded.sample(3, count).values());
      // of values in [−1, 1]
      double decibels = 10 * Math.log10(4 / error);
      System.out.println("bfloat16, " + count + " images: " + decibels + " dB from float32");
      assertTrue(decibels > 45, decibels + " dB");
      assertTrue(!processorMultipliesIt() || error > 0, "expected that the option takes effect");
    }
  }

  private static double meanSquare(float[] a, float[] b) {
    assertEquals(a.length, b.length);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.pow(a[i] - b[i], 2);
    }
    return sum / a.length;
  }
}
