package org.sparring.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.sparring.errors.ModelException;
import org.sparring.natives.SessionOptions;

/**
 * A model that is loaded, asked and closed again and again, or loaded in vain, in a process of its
 * own whose heap is touched whole at the start: what grows then is native. Prints the resident
 * memory in KiB and the threads, after each tenth of the cycles.
 */
final class LoadSoak {
  private static final int STRETCHES = 10;
  private static final int PAGE_KIB = 4;
  private static final Path TASKS = Path.of("/proc/self/task");

  private LoadSoak() {}

  /**
   * Arguments: a SavedModel folder, cycles to warm up, cycles after that, whether it is damaged.
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int warm = Integer.parseInt(arguments[1]);
    int cycles = Integer.parseInt(arguments[2]) / STRETCHES;
    boolean damaged = Boolean.parseBoolean(arguments[3]);
    run(folder, warm, damaged);
    long[] memory = new long[STRETCHES];
    long[] threads = new long[STRETCHES];
    for (int i = 0; i < STRETCHES; i++) {
      run(folder, cycles, damaged);
      memory[i] = residentKib();
      threads[i] = threads();
    }
    System.out.println(Arrays.toString(memory) + " KiB, " + Arrays.toString(threads) + " threads");
    System.out.println(
        (memory[STRETCHES - 1] - memory[0]) + " " + Arrays.stream(threads).max().orElse(0));
  }

  private static void run(Path folder, int cycles, boolean damaged) throws IOException {
    Path graph = folder.resolve("saved_model.pb");
    byte[] whole = Files.readAllBytes(graph);
    Random random = new Random(14);
    for (int i = 0; i < cycles; i++) {
      if (damaged) {
        byte[] mutant = whole.clone();
        mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(graph, mutant);
      }
      try (GeneratorModel model = GeneratorModel.load(folder, SessionOptions.CPU)) {
        model.sample(i, 8);
      } catch (ModelException e) {
        if (!damaged) {
          throw e;
        }
      }
    }
    Files.write(graph, whole);
  }

  private static long threads() throws IOException {
    try (Stream<Path> tasks = Files.list(TASKS)) {
      return tasks.count();
    }
  }

  private static long residentKib() throws IOException {
    System.gc();
    return PAGE_KIB
        * Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1]);
  }
}
