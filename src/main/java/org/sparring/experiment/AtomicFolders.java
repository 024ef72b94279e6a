package org.sparring.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** Replaces a folder so that its name never stands on a half-written one. */
public final class AtomicFolders {
  private AtomicFolders() {}

  /**
   * Refuses to replace what is not ours to delete.
   *
   * @param mark a file that tells a folder of the kind that will be written
   */
  public static void requireReplaceable(Path folder, String mark) {
    boolean replaceable =
        !Files.exists(folder) || Files.exists(folder.resolve(mark)) || isEmptyFolder(folder);
    RecipeException.require(
        replaceable,
        "expected a new or empty folder, or one with "
            + mark
            + " to replace, found "
            + folder
            + " with other contents\nGive another folder.");
  }

  private static boolean isEmptyFolder(Path folder) {
    try (Stream<Path> entries = Files.isDirectory(folder) ? Files.list(folder) : null) {
      return entries != null && entries.findAny().isEmpty();
    } catch (IOException e) {
      throw RecipeException.of("cannot list " + folder, e);
    }
  }

  /**
   * @param write fills a folder at the path it is given, which does not exist yet
   */
  public static void replace(Path folder, Consumer<Path> write) {
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
    } catch (UncheckedIOException e) {
      throw RecipeException.of("cannot write " + folder, e.getCause());
    } catch (IOException e) {
      throw RecipeException.of("cannot write " + folder, e);
    }
  }
}
