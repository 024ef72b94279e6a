package org.sparring.runfolders;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.errors.RecipeException;
import org.sparring.storage.Containment;
import org.sparring.storage.Disk;

/**
 * The folder of a run.
 *
 * @param root for example {@code runs/dcgan-glyphs}
 */
public record RunFolder(Path root) {
  private static final List<String> ENTRIES =
      List.of(
          "recipe.yaml",
          "run.json",
          "metrics.jsonl",
          "samples",
          "checkpoints",
          "saved_model",
          "workers",
          ".lock");

  /** Returns the file of the resolved recipe, which contains every key with its value. */
  public Path recipe() {
    return root.resolve("recipe.yaml");
  }

  /** Returns the file of the run's description: versions, device, data set. */
  public Path description() {
    return root.resolve("run.json");
  }

  public Path metrics() {
    return root.resolve("metrics.jsonl");
  }

  /** Returns the folder of the sample grids, one per step, all from the same latent vectors. */
  public Path samples() {
    return root.resolve("samples");
  }

  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  public Path savedModel() {
    return root.resolve("saved_model");
  }

  /** Returns the folder of the logs of the workers that do not lead. */
  public Path workers() {
    return root.resolve("workers");
  }

  /** Returns whether a run was begun in this folder. */
  public boolean isBegun() {
    return Files.exists(recipe());
  }

  /**
   * Deletes the checkpoint of step 0 of a run that was killed before its recipe was written. Such a
   * run has not trained yet and starts again.
   */
  public void clearUnfinishedStart() {
    if (!isBegun()) {
      finished().filter(RunFolder::isOfStep0).forEach(Disk::deleteQuietly);
    }
  }

  /** Returns whether there is a checkpoint of a step after 0. */
  private boolean hasSteps() {
    return finished().anyMatch(checkpoint -> !isOfStep0(checkpoint));
  }

  private Stream<Path> finished() {
    return new CheckpointStore(checkpoints(), 1).all().stream();
  }

  private static boolean isOfStep0(Path checkpoint) {
    return checkpoint.endsWith("step-00000000");
  }

  /**
   * Throws if the folder contains a run without its recipe, or if entries are links that lead out
   * of the folder.
   */
  public void requireSound() {
    Containment.require(root, ENTRIES);
    boolean lost = !isBegun() && (hasSteps() || Files.exists(description()));
    RecipeException.require(
        !lost,
        "expected "
            + recipe()
            + " next to the checkpoints of the run, found none\n"
            + "Put the recipe back, or give another folder for a new run.");
  }
}
