package org.sparring.storage;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.sparring.errors.StorageException;

/**
 * Files that are complete or absent: written under a temporary name in the target's folder, forced
 * to disk, then renamed over the target. A reader never sees half a file; a crash leaves the old
 * file.
 *
 * <p>Devices and pipes are written to directly and never replaced: {@code --out /dev/stdout} is a
 * stream.
 */
public final class AtomicFiles {
  /** Folders whose entries are interfaces to the kernel, even if they look like regular files. */
  private static final Set<Path> KERNEL =
      Set.of(Path.of("/dev"), Path.of("/dev/fd"), Path.of("/proc/self/fd"));

  private static final String END = ".tmp";

  private AtomicFiles() {}

  /** Writes the content of a file to a buffered stream, which the caller closes. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Replaces the content of {@code target} by {@code bytes}. */
  public static void write(Path target, byte[] bytes) {
    write(target, out -> out.write(bytes));
  }

  /**
   * Replaces {@code target} by a file that {@code content} writes; creates the folders above it. If
   * {@code content} fails, the target is unchanged and the temporary file is deleted.
   *
   * @throws StorageException if the file cannot be written, or the target is a folder
   */
  public static void write(Path target, Content content) {
    if (Files.isDirectory(target)) {
      throw StorageException.refused("a file to write", "the folder " + target, "Name a file.");
    }
    try {
      if (isStream(target)) {
        stream(target, content);
      } else {
        replace(target, content);
      }
    } catch (IOException e) {
      throw StorageException.writing(target, e);
    }
  }

  /** Returns whether a target is a device or a pipe, which must be written to and not replaced. */
  static boolean isStream(Path target) {
    Path folder = target.toAbsolutePath().normalize().getParent();
    boolean special = Files.exists(target) && !Files.isRegularFile(target);
    return special || (folder != null && KERNEL.contains(folder));
  }

  private static void stream(Path target, Content content) throws IOException {
    // not CREATE: a name in /dev that does not exist is a mistake, not a new file
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(target, StandardOpenOption.WRITE), 1 << 16)) {
      content.writeTo(out);
    }
  }

  private static void replace(Path target, Content content) throws IOException {
    Path temporary = temporaryName(target);
    try {
      Disk.createFolders(target.toAbsolutePath().getParent());
      fill(temporary, content);
      Disk.rename(temporary, target);
    } finally {
      Disk.deleteQuietly(temporary);
    }
  }

  private static void fill(Path temporary, Content content) throws IOException {
    try (FileOutputStream file = new FileOutputStream(temporary.toFile())) {
      BufferedOutputStream buffered = new BufferedOutputStream(file, 1 << 16);
      content.writeTo(buffered);
      buffered.flush();
      file.getFD().sync();
    }
  }

  /**
   * Returns a hidden name with the process id, so that two writers of one target do not share a
   * file. Deletes temporary files that killed processes left, because they may be large.
   */
  private static Path temporaryName(Path target) throws IOException {
    String begin = "." + target.getFileName() + ".";
    Path temporary = target.resolveSibling(begin + Leftovers.owner() + END);
    Files.deleteIfExists(
        temporary); // left by a killed process with the same id, or a link placed by someone else
    try {
      Leftovers.delete(target.toAbsolutePath().getParent(), begin, END);
    } catch (IOException e) {
      return temporary; // the next write to this folder tries again
    }
    return temporary;
  }
}
