package org.sparring.exports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sparring.errors.ModelException;
import org.sparring.errors.StorageException;
import org.sparring.storage.Sha256;

/**
 * The SHA-256 of each file of a SavedModel, in a file of the same folder that {@code sha256sum -c}
 * reads too. It detects damage, which would crash TensorFlow or change the weights unnoticed. It
 * does not prevent deliberate changes, because anyone can write a new file of checksums.
 */
public final class Checksums {
  /** The name of the file. */
  public static final String FILE = "sha256sums.txt";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (.+)");
  private static final int LONGEST = 1 << 20;

  private Checksums() {}

  /** Writes the checksums of all files of a complete model. */
  public static void write(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files(folder)) {
      lines.add(Sha256.of(file) + "  " + name(folder, file));
    }
    Files.write(folder.resolve(FILE), lines, StandardCharsets.UTF_8);
  }

  /**
   * Throws if a file of a model was changed, is missing, or was added in a place that loading
   * reads. A model without checksums is not checked.
   *
   * @throws ModelException naming the file
   */
  public static void require(Path folder) {
    Path list = folder.resolve(FILE);
    if (!Files.exists(list)) {
      return;
    }
    try {
      Map<String, String> expected = listed(list);
      Path root = folder.toRealPath(); // a walk does not follow a link at its start
      for (Path file : files(root)) {
        String name = name(root, file);
        String hash = expected.remove(name);
        if (hash == null && !isRead(name)) {
          continue;
        }
        require(
            hash != null,
            file + ": expected a file that is listed in " + FILE + ", found one that is not");
        require(
            Sha256.of(file).equals(hash),
            file + ": expected the content that was written, found another: the file is damaged");
      }
      require(
          expected.isEmpty(),
          folder + ": expected the files " + expected.keySet() + ", found none of them");
    } catch (IOException | UncheckedIOException | StorageException e) {
      throw new ModelException(folder + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Returns whether loading a model reads a file with this name; for example, it does not read a
   * README.
   */
  private static boolean isRead(String name) {
    return name.contains("/")
        || name.startsWith("saved_model.")
        || name.startsWith("fingerprint.")
        || name.equals(ModelDescription.FILE);
  }

  private static void require(boolean holds, String message) {
    ModelException.require(holds, message + "\nCopy or export the model again.");
  }

  private static Map<String, String> listed(Path list) throws IOException {
    require(Files.size(list) <= LONGEST, list + ": expected a short list, found a long file");
    Map<String, String> hashes = new TreeMap<>();
    // damaged bytes may be invalid characters, which must not cause an exception about characters
    String text = new String(Files.readAllBytes(list), StandardCharsets.ISO_8859_1);
    for (String line : text.lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      require(
          matcher.matches(),
          list + ": expected lines of a SHA-256 and a file name, found another line");
      hashes.put(matcher.group(2), matcher.group(1));
    }
    return hashes;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> !f.getFileName().toString().equals(FILE))
          // file managers and network file systems create files of their own in folders
          .filter(f -> !f.getFileName().toString().startsWith("."))
          .sorted(Comparator.comparing(f -> name(folder, f)))
          .toList();
    }
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }
}
