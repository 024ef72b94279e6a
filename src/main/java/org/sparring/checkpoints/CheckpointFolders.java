package org.sparring.checkpoints;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sparring.errors.CheckpointException;
import org.sparring.storage.Disk;

/**
 * The checkpoint folders of a run.
 *
 * @param folder parent folder of the checkpoints
 */
record CheckpointFolders(Path folder) {
  /** Prefix of the names of folders that are being written or deleted. */
  static final String UNFINISHED = ".writing-";

  /** A step is a long. Up to 18 digits always fit; a long with 19 digits may not. */
  private static final Pattern NAME = Pattern.compile("step-(\\d{8,18})");

  /** Returns the finished checkpoints, oldest first. */
  List<Path> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(p -> NAME.matcher(p.getFileName().toString()).matches())
          // a run folder may be untrusted, so links are not followed
          .filter(p -> !Files.isSymbolicLink(p))
          .sorted(Comparator.comparing(CheckpointFolders::step))
          .toList();
    } catch (IOException e) {
      throw new CheckpointException("cannot list " + folder + ": " + e.getMessage(), e);
    }
  }

  static long step(Path folder) {
    return Long.parseLong(folder.getFileName().toString().substring("step-".length()));
  }

  /** Deletes hidden folders: old checkpoints, and unfinished ones that a killed process left. */
  void sweep() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        String name = entry.getFileName().toString();
        if (name.startsWith(UNFINISHED) || PinnedCheckpoint.isLeftover(name)) {
          Disk.delete(entry);
        }
      }
    }
  }

  /**
   * Renames a finished folder to its final name; an existing folder with that name is hidden first.
   */
  void publish(Path unfinished, Path finished) throws IOException {
    if (Files.exists(finished)) {
      Path replaced = folder.resolve(UNFINISHED + "replaced-" + finished.getFileName());
      Disk.delete(replaced);
      Files.move(finished, replaced);
    }
    Disk.rename(unfinished, finished);
  }
}
