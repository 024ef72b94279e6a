package org.sparring.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.commons.io.FileUtils;

/** Replaces a folder so that its name never stands on a half-written one. */
final class AtomicFolders {
  private AtomicFolders() {}

  /**
   * @param write fills a folder at the path it is given, which does not exist yet
   */
  static void replace(Path folder, Consumer<Path> write) {
    Path unfinished = folder.resolveSibling("." + folder.getFileName() + ".writing");
    Path superseded = folder.resolveSibling("." + folder.getFileName() + ".superseded");
    try {
      FileUtils.deleteDirectory(unfinished.toFile());
      FileUtils.deleteDirectory(superseded.toFile());
      write.accept(unfinished);
      if (Files.exists(folder)) {
        Files.move(folder, superseded);
      }
      Files.move(unfinished, folder);
      FileUtils.deleteDirectory(superseded.toFile());
    } catch (IOException e) {
      throw RecipeException.of("cannot write " + folder, e);
    }
  }
}
