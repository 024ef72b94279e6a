package org.sparring.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.sparring.errors.StorageException;

/**
 * Prevents access outside a given folder: symbolic links below the folder that lead out of it are
 * refused. The folder itself may be a link.
 */
public final class Containment {
  private Containment() {}

  /**
   * Throws if an entry of a folder is, or lies behind, a link that leads out of the folder.
   *
   * @param folder the folder; need not exist
   * @param names names of the entries that will be read or written; they need not exist
   * @throws StorageException if one of them is, or lies behind, a link to a place outside
   */
  public static void require(Path folder, List<String> names) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try {
      Path root = folder.toRealPath();
      for (String name : names) {
        requireInside(root, root.resolve(name), folder.resolve(name));
      }
    } catch (IOException e) {
      throw StorageException.writing(folder, e);
    }
  }

  private static void requireInside(Path root, Path entry, Path shown) throws IOException {
    if (!Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    // a link to a missing file has no real path, but writing would follow it
    boolean leads = Files.exists(entry) ? !entry.toRealPath().startsWith(root) : true;
    if (leads) {
      throw StorageException.refused(
          shown + " inside its folder", "a link that leads out of it", "Replace it by a copy.");
    }
  }
}
