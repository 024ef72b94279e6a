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
 * The folders of a run's checkpoints.
 *
 * @param folder that they are in
 */
record CheckpointFolders(Path folder) {
  /** Prefix of folders that are being written or deleted. */
  static final String UNFINISHED = ".writing-";

  /** A step is a long: at most 19 digits, of which the first 18 may be any. */
  private static final Pattern NAME = Pattern.compile("step-(\\d{8,18})");

  /** Finished checkpoints, oldest first. */
  List<Path> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(p -> NAME.matcher(p.getFileName().toString()).matches())
          // a run may come from anybody: nothing is followed out of it
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

  /** Deletes what is out of sight, and what a kill left there. */
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

  /** Gives a finished folder its name; one that has the name already goes out of sight first. */
  void publish(Path unfinished, Path finished) throws IOException {
    if (Files.exists(finished)) {
      Path replaced = folder.resolve(UNFINISHED + "replaced-" + finished.getFileName());
      Disk.delete(replaced);
      Files.move(finished, replaced);
    }
    Disk.rename(unfinished, finished);
  }
}
