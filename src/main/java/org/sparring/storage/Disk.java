package org.sparring.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.sparring.errors.DiskFault;

/**
 * Steps of a durable write: what {@link #force} was given survives a loss of power. A new name is
 * durable once the folder that holds it was forced too.
 */
public final class Disk {
  private Disk() {}

  /** Writes a file's contents to the device, or the entries of a folder. */
  public static void force(Path path) throws IOException {
    boolean folder = Files.isDirectory(path);
    StandardOpenOption option = folder ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  /** Creates a folder and those above it that are missing; durable on return. */
  public static void createFolders(Path folder) throws IOException {
    Path whole = folder.toAbsolutePath();
    if (Files.isDirectory(whole)) {
      return;
    }
    createFolders(whole.getParent());
    Files.createDirectories(whole);
    forceEntries(whole.getParent());
  }

  /** {@link #force}s all files below a folder, then the folders, then the folder itself. */
  public static void forceAll(Path folder) throws IOException {
    for (Path entry : entries(folder)) {
      if (Files.isDirectory(entry)) {
        forceAll(entry);
      } else {
        force(entry);
      }
    }
    forceEntries(folder);
  }

  /**
   * Deletes a file, a link or a folder with all that is in it, if it exists. Links are deleted and
   * not followed.
   */
  public static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      for (Path entry : entries(path)) {
        delete(entry);
      }
    }
    Files.deleteIfExists(path);
  }

  /** {@link #delete}s what can be deleted, for leftovers that do no harm. */
  public static void deleteQuietly(Path path) {
    try {
      delete(path);
    } catch (IOException e) {
      return; // the next one to write here tries again
    }
  }

  /** Renames a file or folder to a name that is free or a file's; durable on return. */
  public static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceEntries(to.toAbsolutePath().getParent());
  }

  /**
   * Some network file systems cannot force a folder: there a rename is as durable as they make it.
   */
  private static void forceEntries(Path folder) throws IOException {
    try {
      force(folder);
    } catch (IOException e) {
      if (DiskFault.in(e).isPresent()) {
        throw e;
      }
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }
}
