package org.sparring.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sparring.recipes.Recipes;
import org.sparring.runfolders.RunFolder;

/**
 * The arguments of a training that all of its workers share.
 *
 * @param recipe name or file; null to resume a run with its own recipe
 * @param overrides {@code key=value}; later ones take precedence
 * @param from model or run whose weights a new run starts from, or null
 * @param resume whether to resume a run
 * @param more options that are repeated as they are
 */
record TrainArguments(
    String recipe, List<String> overrides, Path from, boolean resume, List<String> more) {

  TrainArguments {
    overrides = List.copyOf(overrides);
    more = List.copyOf(more);
  }

  /**
   * Returns the arguments with the recipe by its name, so that workers that start before or after
   * the run has begun read the same one.
   *
   * @param folder of the run, as resolved from the arguments
   */
  TrainArguments resolved(RunFolder folder) {
    boolean isRun = recipe != null && resume && new RunFolder(Path.of(recipe)).isBegun();
    String known =
        recipe == null && !folder.isBegun() ? Recipes.DEFAULT_NAME : isRun ? null : recipe;
    return new TrainArguments(known, overrides, from, resume, more);
  }

  /**
   * Returns the command line of a worker.
   *
   * @param folder of the run
   * @param again whether the run continues after a worker was lost
   */
  List<String> repeated(RunFolder folder, boolean again) {
    List<String> line = new ArrayList<>(List.of("train"));
    if (recipe != null) {
      line.add(recipe);
    }
    line.addAll(List.of("--run", folder.root().toString()));
    overrides.forEach(override -> line.addAll(List.of("--set", override)));
    if (resume || again) {
      line.add("--resume");
    }
    if (from != null && !folder.isBegun()) {
      line.addAll(List.of("--from", from.toString()));
    }
    line.addAll(more);
    return line;
  }
}
