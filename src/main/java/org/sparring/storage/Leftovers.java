package org.sparring.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Temporary files and folders of killed processes: the name of each has its owner in it. */
final class Leftovers {
  private static final Pattern OWNER = Pattern.compile("\\d{1,18}-\\d{1,18}");

  private Leftovers() {}

  /** The present process and thread, for a name. */
  static String owner() {
    return ProcessHandle.current().pid() + "-" + Thread.currentThread().getId();
  }

  /**
   * Deletes what killed processes wrote halfway.
   *
   * @param folder to look in; nothing happens where it is none
   * @param begin of the names, before the owner
   * @param end of the names, behind it
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

  /** Whether another process still writes; the own number is one that was used before. */
  private static boolean isAlive(String owner) {
    if (!OWNER.matcher(owner).matches()) {
      return true; // not ours to delete
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
