package org.sparring.inference;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sparring.errors.Advice;
import org.sparring.errors.ModelException;
import org.sparring.errors.StorageException;
import org.sparring.storage.AtomicFolders;
import org.sparring.storage.Containment;

/** Finds the SavedModel that a path means. */
public final class ModelFolder {
  private static final String IN_A_RUN = "saved_model";

  private ModelFolder() {}

  /**
   * @param path a SavedModel folder, or a run folder that holds one
   * @throws ModelException if it is neither
   */
  public static Path find(Path path) {
    requireInside(path);
    for (Path folder : new Path[] {path, path.resolve(IN_A_RUN)}) {
      // a crash in the middle of an export leaves the last model under another name
      Optional<Path> existing = AtomicFolders.existing(folder);
      if (existing.isPresent() && Files.exists(existing.get().resolve("saved_model.pb"))) {
        return existing.get();
      }
    }
    throw new ModelException(
        "expected a SavedModel folder or a run folder with "
            + IN_A_RUN
            + "/, found "
            + (Files.exists(path) ? "neither in " : "nothing at ")
            + path,
        Advice.to(Advice.Action.MAKE_MODEL));
  }

  /** A run may come from anybody: its model is not looked for outside it. */
  private static void requireInside(Path run) {
    try {
      Containment.require(run, List.of(IN_A_RUN));
    } catch (StorageException e) {
      throw new ModelException(e.getMessage(), e);
    }
  }
}
