package org.sparring.runfolders;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.sparring.assembly.OwnParts;
import org.sparring.errors.CheckpointException;
import org.sparring.errors.RecipeException;
import org.sparring.storage.AtomicFiles;

/**
 * The file {@code own-parts.json} of a run whose networks, loss or task a program supplied: it maps
 * each replaced part to the class that replaces it. The checkpoints of such a run can be used only
 * with the same parts.
 */
public final class OwnPartsFile {
  private static final String NAME = "own-parts.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private OwnPartsFile() {}

  /** Writes the file, unless all parts come from the recipe. */
  public static void write(RunFolder folder, OwnParts own) {
    if (own.names().isEmpty()) {
      return;
    }
    try {
      String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(own.names()) + "\n";
      AtomicFiles.write(folder.root().resolve(NAME), text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("names of classes are always writable", e);
    }
  }

  /**
   * Throws if the parts differ from the parts with which the run was trained.
   *
   * @throws RecipeException naming both
   */
  public static void requireSame(RunFolder folder, OwnParts own) {
    if (folder.isBegun()) {
      Map<String, String> begun = read(folder.root().resolve(NAME));
      RecipeException.require(
          begun.equals(own.names()),
          folder.root()
              + ": expected the parts that the run was trained with, "
              + described(begun)
              + ", found "
              + described(own.names())
              + "\nUse the program that trained it.");
    }
  }

  private static Map<String, String> read(Path file) {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try {
      return JSON.readValue(file.toFile(), new TypeReference<Map<String, String>>() {});
    } catch (IOException e) {
      throw new CheckpointException(file + ": expected names of classes, found " + e, e);
    }
  }

  private static String described(Map<String, String> names) {
    return names.isEmpty() ? "the parts of the recipe" : names.toString();
  }
}
