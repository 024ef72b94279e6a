package org.sparring.checkpoints;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sparring.errors.CheckpointException;
import org.sparring.storage.Disk;

/**
 * Keeps a checkpoint readable even if the run that wrote it deletes it in the meantime: its files
 * are hard-linked into a hidden folder next to it, which takes no disk space. If links cannot be
 * made, for example on a read-only disk, the checkpoint itself is read.
 */
public final class PinnedCheckpoint implements AutoCloseable {
  private static final String PREFIX = ".pinned-";

  private static final String OWN = PREFIX + ProcessHandle.current().pid() + "-";

  /**
   * Maximum number of attempts. A few are enough even if a run deletes a checkpoint each
   * millisecond.
   */
  private static final int ATTEMPTS = 20;

  private final Checkpoint checkpoint;
  private final Path origin;
  private final Optional<Path> links;

  private PinnedCheckpoint(Checkpoint checkpoint, Path origin, Optional<Path> links) {
    this.checkpoint = checkpoint;
    this.origin = origin;
    this.links = links;
  }

  /**
   * Pins the checkpoint that {@code wanted} finds, and calls it again if the checkpoint was deleted
   * before it was pinned.
   *
   * @throws CheckpointException if the pinned checkpoint is damaged
   */
  public static Optional<PinnedCheckpoint> of(Supplier<Optional<Checkpoint>> wanted) {
    for (int attempt = 1; ; attempt++) {
      Optional<Checkpoint> found = wanted.get();
      if (found.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(linked(found.get()));
      } catch (IOException e) {
        if (Files.exists(found.get().folder()) || attempt == ATTEMPTS) {
          return Optional.of(
              new PinnedCheckpoint(found.get(), found.get().folder(), Optional.empty()));
        }
      }
    }
  }

  private static PinnedCheckpoint linked(Checkpoint checkpoint) throws IOException {
    Path links = Files.createTempDirectory(checkpoint.folder().getParent(), OWN);
    try (Stream<Path> files = Files.list(checkpoint.folder())) {
      for (Path file : files.toList()) {
        Files.createLink(links.resolve(file.getFileName()), file);
      }
      Checkpoint pinned = new Checkpoint(links, checkpoint.manifest());
      CheckpointFiles.verified(links);
      return new PinnedCheckpoint(pinned, checkpoint.folder(), Optional.of(links));
    } catch (IOException | UnsupportedOperationException | CheckpointException e) {
      Disk.deleteQuietly(links);
      throw e instanceof IOException io ? io : new IOException(e);
    }
  }

  /** Returns whether a name belongs to a folder of links that a killed process left. */
  static boolean isLeftover(String name) {
    if (!name.startsWith(PREFIX) || name.startsWith(OWN)) {
      return false;
    }
    String process = name.substring(PREFIX.length()).replaceFirst("-.*", "");
    return process.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(process)).isEmpty();
  }

  /** Returns the checkpoint in the pinned folder. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /** Returns the checkpoint's original folder, which may have been deleted. */
  public Path origin() {
    return origin;
  }

  /** Deletes the links. */
  @Override
  public void close() {
    links.ifPresent(Disk::deleteQuietly);
  }
}
