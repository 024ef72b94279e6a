package org.sparring.runfolders;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparring.assembly.TaskData;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.DataException;
import org.sparring.errors.RecipeException;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;

/** Recipe keys that may change on resume. */
public final class Resumption {
  /** The learning rate may change on resume; the weights then differ from an uninterrupted run. */
  private static final Set<String> RATES =
      Set.of(
          "optimizer.learning_rate",
          "optimizer.discriminator_learning_rate",
          "optimizer.schedule",
          "optimizer.decay_steps");

  /** Groups of keys that do not change the training computation. */
  private static final Set<String> FREE_GROUPS =
      Set.of("checkpoint", "samples", "log", "meters", "device");

  private Resumption() {}

  /** Throws if a recipe changes keys that a run already begun in the folder must keep. */
  public static void requireSameGame(RunFolder folder, Recipe wanted) {
    if (!folder.isBegun()) {
      return;
    }
    List<String> changed =
        RecipeReader.differences(RunPlan.begun(folder), wanted).stream()
            .filter(key -> !isFree(key))
            .toList();
    ArgumentException.require(
        changed.isEmpty(),
        "resume",
        String.join(", ", changed)
            + " cannot change in a run that has begun;"
            + " expected what "
            + folder.recipe()
            + " says");
  }

  /**
   * Throws if the classes of the samples differ from the classes with which the run began. The
   * content hash of the images does not cover class folders and class tables.
   */
  public static void requireSameClasses(RunFolder folder, TaskData data, int classes) {
    if (classes == 0) {
      return;
    }
    RunDescription.Data begun = RunDescription.data(folder.description());
    RunDescription.Data found = RunDescription.Data.of(data, classes);
    // runs of earlier versions record only the number of their classes
    boolean same =
        begun.labelsHash() == null
            ? begun.classes() == found.classes()
            : begun.labelsHash().equals(found.labelsHash());
    if (!same) {
      throw DataException.in(
          data.name(),
          "the " + begun.classes() + " classes that " + folder.description() + " names",
          found.classes() + " classes, or images with other labels",
          "Put the class folders or the table of labels back, or start a new run.");
    }
  }

  /** Throws if the recipe has fewer steps than the run has completed. */
  public static void requireSteps(RunFolder folder, Recipe recipe, Optional<Checkpoint> last) {
    long done = last.map(c -> c.manifest().step()).orElse(0L);
    RecipeException.require(
        done <= recipe.steps(),
        "steps: expected at least the "
            + done
            + " that "
            + folder.root()
            + " has done, found "
            + recipe.steps());
  }

  /** Throws if the data differ from the data on which the checkpoint was trained. */
  public static void requireSameData(Checkpoint checkpoint, TaskData data) {
    String expected = checkpoint.manifest().dataSha256();
    if (!expected.equals(data.contentHash())) {
      throw DataException.in(
          data.name(),
          "the images this run was trained on, content " + expected.substring(0, 12) + "…",
          "content " + data.contentHash().substring(0, 12) + "…",
          "Give the same data, or start a new run in another folder.");
    }
  }

  private static boolean isFree(String key) {
    // the path of the data may change; the content is compared separately
    return RATES.contains(key)
        || key.equals("steps")
        || key.equals("data.source")
        || key.equals("data.residence")
        || key.equals("data.skip_bad")
        // other scores would not be comparable with the score of the best checkpoint
        || key.equals("evaluation.kimg")
        || key.equals("evaluation.waits")
        || (FREE_GROUPS.contains(key.replaceFirst("\\..*", "")) && !key.equals("samples.count"));
  }
}
