package org.sparring.archives;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Recognises files and folders that programs leave among a person's images: thumbnails, checkpoints
 * of notebooks, resource forks, the recycle bins of network drives. They are neither images nor
 * classes.
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

  /** Whether a path inside a data set has a part that starts with a dot or is a helper's. */
  public static boolean isHidden(String path) {
    return Arrays.stream(path.split("/", -1)).anyMatch(HelperNames::isHelper);
  }

  private static boolean isHelper(String part) {
    return part.startsWith(".") || FOLDERS.contains(part.toLowerCase(Locale.ROOT));
  }
}
