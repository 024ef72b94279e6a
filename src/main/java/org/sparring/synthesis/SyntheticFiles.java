package org.sparring.synthesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.sparring.errors.RecipeException;

/** Writes the files of a synthetic data set by their paths inside it. */
interface SyntheticFiles {
  void write(String name, byte[] bytes) throws IOException;

  /** Throws if the file exists and is not an archive of a synthetic data set. */
  static void requireReplaceable(Path archive) {
    RecipeException.require(
        !Files.exists(archive) || isSynthetic(archive),
        "expected a new archive, or one with "
            + SyntheticManifest.FILE
            + " to replace, found "
            + archive
            + " with other contents\nGive another file.");
  }

  private static boolean isSynthetic(Path archive) {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      return zip.getEntry(SyntheticManifest.FILE) != null;
    } catch (IOException e) {
      return false; // no archive, or a damaged one: do not replace it
    }
  }

  /** Returns a writer into a folder, which is created. */
  static SyntheticFiles of(Path folder) {
    return (name, bytes) -> {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    };
  }

  /** Returns a writer into an archive. */
  static SyntheticFiles of(ZipOutputStream zip) {
    return (name, bytes) -> {
      ZipEntry entry = new ZipEntry(name);
      // so that equal images give equal archives
      entry.setTime(0);
      zip.putNextEntry(entry);
      zip.write(bytes);
      zip.closeEntry();
    };
  }
}
