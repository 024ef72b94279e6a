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
          ".lock");

  /** The resolved recipe, every key with its value. */
  public Path recipe() {
    return root.resolve("recipe.yaml");
  }

  /** Versions, device, data set. */
  public Path description() {
    return root.resolve("run.json");
  }

  public Path metrics() {
    return root.resolve("metrics.jsonl");
  }

  /** Grids of samples on fixed latents, by step. */
  public Path samples() {
    return root.resolve("samples");
  }

  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  public Path savedModel() {
    return root.resolve("saved_model");
  }

  /** Whether a run was begun here. */
  public boolean isBegun() {
    return Files.exists(recipe());
  }

  /**
   * Deletes the checkpoint of step 0 of a run that was killed before its recipe was written: it has
   * done nothing yet, and begins anew.
   */
  public void clearUnfinishedStart() {
    if (!isBegun()) {
      finished().filter(RunFolder::isOfStep0).forEach(Disk::deleteQuietly);
    }
  }

  /** Whether there is a checkpoint of a step after 0. */
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
   * Refuses a folder that holds a run without its recipe, and one whose entries are links that lead
   * out of it.
   */
  public void requireSound() {
    Containment.require(root, ENTRIES);
    boolean lost = !isBegun() && (hasSteps() || Files.exists(description()));
    RecipeException.require(
        !lost,
        "expected "
            + recipe()
            + " beside the checkpoints of the run, found none\n"
            + "Put the recipe back, or give another folder for a new run.");
  }
}
