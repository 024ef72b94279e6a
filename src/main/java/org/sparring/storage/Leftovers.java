package org.sparring.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds temporary files and folders of killed processes. Each name contains the owner: the process
 * id and a thread id.
 */
final class Leftovers {
  private static final Pattern OWNER = Pattern.compile("\\d{1,18}-\\d{1,18}");

  private Leftovers() {}

  /** Returns the current process and thread as a part of a name. */
  static String owner() {
    return ProcessHandle.current().pid() + "-" + Thread.currentThread().getId();
  }

  /**
   * Deletes the unfinished files and folders of killed processes.
   *
   * @param folder folder to search; nothing happens if it is not a folder
   * @param begin part of the names before the owner
   * @param end part of the names after the owner
   */
  static void delete(Path folder, String begin, String end) throws IOException {
    for (Path entry : Files.isDirectory(folder) ? listed(folder) : List.<Path>of()) {
      String name = entry.getFileName().toString();
      boolean own = name.length() > begin.length() + end.length();
      if (own && name.startsWith(begin) && name.endsWith(end)) {
        String owner = name.substring(begin.length(), name.length() - end.length());
        if (!isAlive(owner)) {
          Disk.delete(entry);
        }
      }
    }
  }

  /**
   * Returns whether another process is still writing. A file with this process's own id is a
   * leftover of an earlier process with the same id.
   */
  private static boolean isAlive(String owner) {
    if (!OWNER.matcher(owner).matches()) {
      return true; // no permission to delete
    }
    long process = Long.parseLong(owner.substring(0, owner.indexOf('-')));
    return !owner.equals(owner()) && ProcessHandle.of(process).isPresent();
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }
}
