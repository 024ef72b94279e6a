package org.sparring.archives;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Recognises files and folders that other programs create in image folders: thumbnails, notebook
 * checkpoints, resource forks, recycle bins of network drives. They are neither images nor classes.
 */
public final class HelperNames {
  private static final Set<String> FOLDERS =
      Set.of(
          "@eadir",
          "__macosx",
          "lost+found",
          "#recycle",
          "@recycle",
          "$recycle.bin",
          "system volume information");

  private HelperNames() {}

  /**
   * Returns whether a part of a path inside a data set starts with a dot or is such a helper name.
   */
  public static boolean isHidden(String path) {
    return Arrays.stream(path.split("/", -1)).anyMatch(HelperNames::isHelper);
  }

  private static boolean isHelper(String part) {
    return part.startsWith(".") || FOLDERS.contains(part.toLowerCase(Locale.ROOT));
  }
}
