package org.sparring.runfolders;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.sparring.assembly.Assembly;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.inference.GeneratorExport;
import org.sparring.recipes.Recipe;

/** Writes the generator of a run as one frozen graph, for programs that cannot read SavedModels. */
public final class FrozenExport {
  private final RunExport export;
  private final CheckpointStore checkpoints;

  /**
   * @param folder the run's folder
   * @param notices receives a message for each damaged checkpoint that is skipped
   */
  public FrozenExport(RunFolder folder, Consumer<String> notices) {
    Recipe recipe = RunPlan.begun(folder);
    export = new RunExport(folder, new Assembly(recipe));
    checkpoints = new CheckpointStore(folder.checkpoints(), recipe.checkpoint().keep(), notices);
  }

  /**
   * @param file a file that does not exist, or a frozen generator to be replaced
   * @param best whether to take the checkpoint with the best score, else the newest
   */
  public void write(Path file, GeneratorExport.Form form, boolean best) {
    if (best) {
      export.freeze(file, form, checkpoints::best, "checkpoint with a score");
    } else {
      export.freeze(file, form, checkpoints::latest, "checkpoint to export");
    }
  }
}
