package org.sparring.benchmarks.steps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparring.assembly.Assembly;
import org.sparring.assembly.GraphMemory;
import org.sparring.assembly.TaskData;
import org.sparring.data.GlyphSource;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.training.StepsPerCall;
import org.sparring.training.TrainingGraph;
import org.sparring.training.TrainingLoop;
import org.tensorflow.Session;

/**
 * Compares the estimated memory of a training step with the memory that the process needs for it.
 * Linux only; one process for each configuration, since memory that was freed is used again.
 *
 * <pre>
 * StepMemory KEY=VALUE…       keys of a recipe; the data are glyphs
 * </pre>
 */
public final class StepMemory {
  private static final int IMAGES = 256;
  private static final int STEPS = 5;
  private static final double MEGABYTE = 1e6;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CLEAR = Path.of("/proc/self/clear_refs");

  /** What the kernel takes for: the peak is from now on. */
  private static final String PEAK = "5";

  private StepMemory() {}

  /** Prints the estimate, the peak and their ratio; the exit code is 1 if the step failed. */
  public static void main(String[] args) throws IOException {
    try {
      System.out.println(compared(List.of(args)));
    } catch (RuntimeException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  static String compared(List<String> settings) throws IOException {
    RecipeReader reader = new RecipeReader().set("meters.steps", "0");
    for (String setting : settings) {
      String[] pair = setting.split("=", 2);
      if (pair.length < 2) {
        throw new IllegalArgumentException("expected KEY=VALUE, found " + setting);
      }
      reader.set(pair[0], pair[1]);
    }
    return compared(String.join(" ", settings), reader.recipe());
  }

  private static String compared(String title, Recipe recipe) throws IOException {
    TaskData data =
        TaskData.of(
            new GlyphSource(IMAGES, recipe.data().side(), recipe.data().channels(), recipe.seed()));
    Assembly assembly = new Assembly(recipe);
    TrainingGraph training = assembly.graph(data);
    double estimate = GraphMemory.bytes(training.graph());
    try (Session session = new Session(training.graph(), assembly.session().config())) {
      double peak = peak(training, session, recipe.batch());
      return String.format(
          Locale.ROOT,
          "%s: estimated %.1f MB, peak %.1f MB, ratio %.2f",
          title,
          estimate / MEGABYTE,
          peak / MEGABYTE,
          peak / estimate);
    }
  }

  /** Returns the largest memory of the process during some steps, less the memory before. */
  private static long peak(TrainingGraph training, Session session, int batch) throws IOException {
    System.gc();
    Files.writeString(CLEAR, PEAK);
    long before = bytes("VmRSS");
    session.run(training.initialization());
    training.samples().load(session);
    new TrainingLoop(training, session, batch, StepsPerCall.of(1), List.of())
        .run(STEPS, Optional::empty);
    return bytes("VmHWM") - before;
  }

  private static long bytes(String row) throws IOException {
    Matcher found = Pattern.compile(row + ":\\s+(\\d+) kB").matcher(Files.readString(STATUS));
    if (!found.find()) {
      throw new IOException(STATUS + ": expected a row " + row);
    }
    return Long.parseLong(found.group(1)) * 1024;
  }
}
