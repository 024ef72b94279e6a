package org.sparring.runs;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunFolder;

/**
 * A long run of small steps that measures its own process after each step: bytes that the loop's
 * thread allocated, and {@value #READINGS} times the resident memory. For a separate process, whose
 * heap is touched whole at the start: what grows then is native.
 */
public final class Soak implements BooleanSupplier {
  /** Few: a reading takes memory itself. */
  static final int READINGS = 40;

  private static final Path STATUS = Path.of("/proc/self/statm");
  private static final double PAGE = 4096;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long[] allocated;
  private final double[] resident;
  private final int every;
  private int step;

  Soak(int steps) {
    allocated = new long[steps];
    resident = new double[READINGS];
    every = steps / READINGS;
  }

  /** Arguments: a folder, the steps, of them those that warm up, then settings. */
  public static void main(String[] arguments) {
    int steps = Integer.parseInt(arguments[1]);
    int warm = Integer.parseInt(arguments[2]);
    String[] settings = Arrays.copyOfRange(arguments, 3, arguments.length);
    Soak soak = new Soak(steps);
    new Experiment(recipe(steps, settings), new RunFolder(Path.of(arguments[0]))).train(soak);
    System.out.println(soak.slope(warm) + " " + soak.typicalGrowth(warm));
  }

  /**
   * Everything on that a run has on, at the intervals of the default recipe; one step a call, for
   * it is in calls that a soak counts.
   */
  static Recipe recipe(int steps, String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "data.side=8",
                "log.steps=20",
                "samples.steps=200",
                "checkpoint.steps=500",
                "device.steps_per_run=1"));
    all.addAll(List.of(settings));
    all.add("steps=" + steps);
    return TinyRecipe.with(all.toArray(String[]::new));
  }

  @Override
  public boolean getAsBoolean() {
    allocated[step++] = THREADS.getCurrentThreadAllocatedBytes();
    if (step % every == 0 && step <= every * READINGS) {
      resident[step / every - 1] = residentBytes();
    }
    return false;
  }

  /** Median over the last 200 calls of what one allocates on the loop's thread. */
  long medianAllocated() {
    if (step < allocated.length) {
      throw new IllegalStateException(allocated.length + " calls expected, " + step + " made");
    }
    long[] steps = new long[200];
    for (int i = 0; i < steps.length; i++) {
      int at = allocated.length - steps.length + i;
      steps[i] = allocated[at] - allocated[at - 1];
    }
    Arrays.sort(steps);
    return steps[steps.length / 2];
  }

  /** Least squares through (step, resident bytes) after the warm-up, bytes a step. */
  double slope(int warm) {
    if (step < every * READINGS) {
      throw new IllegalStateException(every * READINGS + " calls expected, " + step + " made");
    }
    double[] y = Arrays.copyOfRange(resident, warm / every, resident.length);
    double meanX = (y.length - 1) / 2.0;
    double meanY = Arrays.stream(y).average().orElseThrow();
    double products = 0;
    double squares = 0;
    for (int x = 0; x < y.length; x++) {
      products += (x - meanX) * (y[x] - meanY);
      squares += (x - meanX) * (x - meanX);
    }
    return products / squares / every;
  }

  /** Median growth over ten stretches after the warm-up, bytes a step: single jumps are no leak. */
  double typicalGrowth(int warm) {
    int first = warm / every;
    int length = (resident.length - first) / 10;
    double[] growth = new double[10];
    for (int i = 0; i < growth.length; i++) {
      int start = Math.max(0, first + i * length - 1);
      growth[i] = (resident[start + length] - resident[start]) / (length * every);
    }
    Arrays.sort(growth);
    return (growth[4] + growth[5]) / 2;
  }

  private static double residentBytes() {
    try {
      return PAGE * Long.parseLong(Files.readString(STATUS).split(" ", 3)[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
