package org.sparring.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
      delete(unfinished);
      delete(superseded);
      write.accept(unfinished);
      if (Files.exists(folder)) {
        Files.move(folder, superseded);
      }
      Files.move(unfinished, folder);
      delete(superseded);
    } catch (IOException e) {
      throw RecipeException.of("cannot write " + folder, e);
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
