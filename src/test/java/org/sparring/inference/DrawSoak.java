package org.sparring.inference;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.sparring.natives.SessionOptions;

/**
 * Many calls of a model, in a process of its own whose heap is touched whole at the start: what
 * grows then is native. Prints the typical growth of resident memory, bytes a round.
 */
final class DrawSoak {
  private static final int STRETCHES = 10;
  private static final double PAGE = 4096;

  private DrawSoak() {}

  /** Arguments: a conditional model, rounds to warm up, rounds after that. */
  public static void main(String[] arguments) throws IOException {
    int warm = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]) / STRETCHES;
    try (GeneratorModel model = GeneratorModel.load(Path.of(arguments[0]), SessionOptions.CPU);
        MicroBatcher batcher = new MicroBatcher(model, new BatchLimits(8, Duration.ZERO, 8))) {
      FloatBuffer into = FloatBuffer.allocate(4 * 16 * 16);
      run(model, batcher, into, warm);
      double[] growth = new double[STRETCHES];
      for (int i = 0; i < STRETCHES; i++) {
        double before = resident();
        run(model, batcher, into, rounds);
        growth[i] = (resident() - before) / rounds;
      }
      Arrays.sort(growth);
      // single jumps are no leak: malloc opens an arena where two threads first meet in it
      System.out.println((growth[4] + growth[5]) / 2);
    }
  }

  /** A round has a call of each kind. */
  private static void run(
      GeneratorModel model, MicroBatcher batcher, FloatBuffer into, int rounds) {
    for (int i = 0; i < rounds; i++) {
      int[] labels = new int[1 + i % 2];
      model.sample(i, 1 + i % 2, into.clear());
      model.sample(i, labels, into.clear());
      if (i % 4 == 0) {
        batcher.sample(i, labels, into.clear());
      }
    }
  }

  private static double resident() throws IOException {
    return PAGE * Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1]);
  }
}
