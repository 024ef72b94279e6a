package org.sparring.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.sparring.errors.ModelException;
import org.sparring.exports.Checksums;
import org.sparring.storage.Sha256;

/**
 * Computes the SHA-256 of a network's file; of a folder, over the sorted names and hashes of its
 * files.
 */
final class FileHash {
  private FileHash() {}

  static String of(Path place) {
    try {
      return Files.isDirectory(place) ? folder(place) : Sha256.of(place);
    } catch (IOException e) {
      throw new ModelException("cannot read " + place + ": " + e.getMessage(), e);
    }
  }

  /** Returns the SHA-256 of a text. */
  static String of(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Hashes a folder without its checksum file, which is determined by the other files. */
  private static String folder(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> sorted = files.filter(FileHash::isOfTheNetwork).sorted().toList();
      for (Path file : sorted) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        all.append(name).append(' ').append(Sha256.of(file)).append('\n');
      }
    }
    return of(all.toString());
  }

  private static boolean isOfTheNetwork(Path file) {
    return Files.isRegularFile(file) && !file.endsWith(Checksums.FILE);
  }
}
