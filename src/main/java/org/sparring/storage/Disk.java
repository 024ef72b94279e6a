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
 * Steps of a durable write. Content that {@link #force} has written survives a power loss. A new
 * name is durable after its folder was forced too.
 */
public final class Disk {
  private Disk() {}

  /** Forces a file's content, or a folder's entries, to the storage device. */
  public static void force(Path path) throws IOException {
    boolean folder = Files.isDirectory(path);
    StandardOpenOption option = folder ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  /** Creates a folder and its missing parents; durable on return. */
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
   * Deletes a file, a link, or a folder with its content, if it exists. Links are deleted and not
   * followed.
   */
  public static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      for (Path entry : entries(path)) {
        delete(entry);
      }
    }
    Files.deleteIfExists(path);
  }

  /** Deletes like {@link #delete}, but ignores failures; for leftovers that do no harm. */
  public static void deleteQuietly(Path path) {
    try {
      delete(path);
    } catch (IOException e) {
      return; // the next write to this folder tries again
    }
  }

  /** Renames a file or folder; the new name must be free or belong to a file. Durable on return. */
  public static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceEntries(to.toAbsolutePath().getParent());
  }

  /**
   * Forces the entries of a folder. Some network file systems cannot do this; there the durability
   * of a rename depends on the file system.
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
