package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparring.cli.Console.Result;
import org.sparring.recipes.TinyRecipe;

/** Runs the command {@code train} with tiny networks and few steps. */
final class TinyTraining {
  private TinyTraining() {}

  /** Trains two steps in {@code run}, with a checkpoint after each. */
  static void twoSteps(String run) {
    Result result =
        Console.run(
            TinyRecipe.options("checkpoint.steps=1"), "train", "--run", run, "--steps", "2");
    assertEquals(0, result.code(), result.err());
  }

  /** Runs a command line in {@code folder/run}; its own options override the tiny ones. */
  static Result in(Path folder, String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments[0]));
    boolean recipe = arguments.length > 1 && !arguments[1].startsWith("--");
    if (!recipe) {
      line.addAll(TinyRecipe.options("steps=30", "checkpoint.steps=1"));
    }
    line.addAll(Arrays.asList(arguments).subList(1, arguments.length));
    line.addAll(List.of("--run", folder.resolve("run").toString()));
    if (line.contains("--data")) {
      line.replaceAll(word -> word.startsWith("data.source=") ? "batch=8" : word);
    }
    return Console.run(line);
  }
}
