package org.sparring.experiment;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a run keeps everything.
 *
 * @param root for example {@code runs/dcgan-glyphs}
 */
public record RunFolder(Path root) {

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
}
