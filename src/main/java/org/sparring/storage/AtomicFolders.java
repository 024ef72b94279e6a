package org.sparring.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.sparring.errors.ErrorKind;
import org.sparring.errors.StorageException;

/**
 * Replaces a folder atomically. The new folder is written under another name and forced to disk.
 * Then the old folder is renamed to {@link #aside}, the new folder is renamed to the target name,
 * and the old folder is deleted. At each moment one complete folder exists: under the target name,
 * or, after a crash between the two renames, under the name {@link #aside}. The next replacement
 * restores that folder first.
 */
public final class AtomicFolders {
  private static final String ASIDE = ".superseded";
  private static final String UNFINISHED = ".writing-";

  private AtomicFolders() {}

  /**
   * Refuses to replace a folder that this program did not write.
   *
   * @param mark name of a file that identifies folders written by this program
   * @throws StorageException if the folder exists, is not empty and lacks {@code mark}
   */
  public static void requireReplaceable(Path folder, String mark) {
    boolean replaceable =
        !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
            || Files.exists(folder.resolve(mark))
            || isEmptyFolder(folder);
    if (!replaceable) {
      throw StorageException.refused(
          "a new or empty folder, or one with " + mark + " to replace",
          folder + " with other contents",
          "Give another folder.");
    }
  }

  private static boolean isEmptyFolder(Path folder) {
    try (Stream<Path> entries = Files.isDirectory(folder) ? Files.list(folder) : null) {
      return entries != null && entries.findAny().isEmpty();
    } catch (IOException e) {
      throw StorageException.writing(folder, e);
    }
  }

  /**
   * Replaces a folder.
   *
   * @param write creates the new folder at the given path, which does not exist yet
   * @throws StorageException if the folder cannot be written; the old folder is unchanged then
   */
  public static void replace(Path folder, Consumer<Path> write) {
    Path unfinished = unfinished(folder);
    try {
      Disk.createFolders(parent(folder));
      Leftovers.delete(parent(folder), sibling(folder, UNFINISHED).getFileName().toString(), "");
      restore(folder);
      write.accept(unfinished);
      Disk.forceAll(unfinished);
      publish(unfinished, folder);
    } catch (UncheckedIOException e) {
      throw StorageException.writing(folder, e.getCause(), ErrorKind.BAD_REQUEST);
    } catch (IOException e) {
      throw StorageException.writing(folder, e, ErrorKind.BAD_REQUEST);
    } finally {
      Disk.deleteQuietly(unfinished);
    }
  }

  /** Returns the complete folder: under its own name, or else aside; empty if there is neither. */
  public static Optional<Path> existing(Path folder) {
    return Stream.of(folder, aside(folder)).filter(Files::isDirectory).findFirst();
  }

  /** Returns the path of the old folder between the two renames. */
  static Path aside(Path folder) {
    return sibling(folder, ASIDE);
  }

  /** Restores the folder that a crash between the two renames left aside. */
  private static void restore(Path folder) throws IOException {
    Path aside = aside(folder);
    if (!Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      discard(aside, folder); // the crash came after the new folder was renamed
    } else {
      Disk.rename(aside, folder);
    }
  }

  private static void publish(Path unfinished, Path folder) throws IOException {
    Path aside = aside(folder);
    boolean replaces = Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
    if (replaces) {
      Disk.rename(folder, aside);
    }
    try {
      Disk.rename(unfinished, folder);
    } catch (IOException e) {
      restore(folder);
      throw e;
    }
    if (replaces) {
      try {
        discard(aside, folder);
      } catch (IOException e) {
        return; // the next replacement deletes what is left
      }
    }
  }

  /**
   * Deletes the old folder after renaming it, so that a process killed meanwhile does not leave an
   * incomplete folder that looks complete.
   */
  private static void discard(Path aside, Path folder) throws IOException {
    Path discarded = unfinished(folder);
    Disk.delete(discarded);
    Disk.rename(aside, discarded);
    Disk.delete(discarded);
  }

  private static Path unfinished(Path folder) {
    return sibling(folder, UNFINISHED + Leftovers.owner());
  }

  private static Path parent(Path folder) {
    return folder.toAbsolutePath().normalize().getParent();
  }

  private static Path sibling(Path folder, String suffix) {
    Path plain = folder.toAbsolutePath().normalize();
    return plain.resolveSibling("." + plain.getFileName() + suffix);
  }
}
