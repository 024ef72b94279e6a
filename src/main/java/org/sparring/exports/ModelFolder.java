package org.sparring.exports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sparring.errors.Advice;
import org.sparring.errors.EditDistance;
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
            + (Files.exists(path) ? "neither in " + path : "nothing at " + path + nearest(path)),
        Advice.to(Advice.Action.MAKE_MODEL));
  }

  /** The folder of nearly the same name beside a path that does not exist; empty without one. */
  private static String nearest(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    if (path.getFileName() == null || !Files.isDirectory(parent)) {
      return "";
    }
    try (Stream<Path> entries = Files.list(parent)) {
      String name = path.getFileName().toString();
      return entries
          .filter(Files::isDirectory)
          .map(entry -> entry.getFileName().toString())
          .filter(entry -> EditDistance.between(name, entry) <= Math.max(1, name.length() / 4))
          .min(Comparator.comparingInt(entry -> EditDistance.between(name, entry)))
          .map(entry -> "; the nearest is " + path.resolveSibling(entry))
          .orElse("");
    } catch (IOException e) {
      return ""; // a folder that cannot be listed has no suggestions
    }
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
