package org.sparring.experiment;

import java.util.List;
import java.util.Set;

/** What may change in a run that is gone on with. */
final class Resumption {
  /** These do not change the game. */
  private static final Set<String> FREE_GROUPS =
      Set.of("checkpoint", "samples", "log", "meters", "device");

  private Resumption() {}

  /** Refuses a recipe that plays another game than the one begun in the folder, if any. */
  static void requireSameGame(RunFolder folder, Recipe wanted) {
    if (!folder.isBegun()) {
      return;
    }
    List<String> changed =
        RecipeReader.differences(RunPlan.begun(folder), wanted).stream()
            .filter(key -> !isFree(key))
            .toList();
    RecipeException.require(
        changed.isEmpty(),
        "--resume: "
            + String.join(", ", changed)
            + " cannot change in a run that has begun;"
            + " expected what "
            + folder.recipe()
            + " says");
  }

  private static boolean isFree(String key) {
    // the place of the data may change; that it is the same data is checked by its content
    return key.equals("steps")
        || key.equals("data.source")
        || key.equals("data.residence")
        // other scores could not be compared with those that the best checkpoint was chosen by
        || key.equals("evaluation.kimg")
        || key.equals("evaluation.waits")
        || (FREE_GROUPS.contains(key.replaceFirst("\\..*", "")) && !key.equals("samples.count"));
  }
}
