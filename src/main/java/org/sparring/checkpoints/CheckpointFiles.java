package org.sparring.checkpoints;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.sparring.errors.CheckpointException;
import org.sparring.errors.DiskFault;
import org.sparring.storage.Sha256;

/** Reads and writes the manifest of a checkpoint folder, and checks the other files against it. */
final class CheckpointFiles {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private CheckpointFiles() {}

  /**
   * Writes a manifest with the sizes and hashes of the files that are currently in {@code folder}.
   */
  static Manifest seal(Path folder, Manifest manifest) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        sizes.put(file.getFileName().toString(), Files.size(file));
        hashes.put(file.getFileName().toString(), Sha256.of(file));
      }
    }
    return write(manifest.withFiles(sizes, hashes), folder.resolve(Manifest.FILE));
  }

  /** Writes a manifest that contains its own hash. */
  static Manifest write(Manifest manifest, Path file) throws IOException {
    Map<String, String> hashes = new TreeMap<>(manifest.filesSha256());
    hashes.put(Manifest.FILE, ownHash(manifest));
    Manifest sealed = manifest.withFiles(manifest.files(), hashes);
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), sealed);
    return sealed;
  }

  /**
   * Reads a checkpoint's manifest and checks the sizes of its files.
   *
   * @throws CheckpointException naming the file, what was expected and what was found
   */
  static Checkpoint read(Path folder) {
    Path file = folder.resolve(Manifest.FILE);
    try {
      byte[] json = Files.readAllBytes(file);
      Manifest manifest = JSON.readValue(json, Manifest.class);
      require(manifest != null, file + ": expected a manifest, found null" + remedy(folder));
      int format = JSON.readTree(json).path("format").asInt();
      require(
          format == Manifest.FORMAT,
          file + ": expected format " + Manifest.FORMAT + ", found " + format);
      requireOwnHash(file, manifest);
      for (Map.Entry<String, Long> expected : manifest.files().entrySet()) {
        requireLength(inside(folder, expected.getKey()), expected.getValue());
      }
      return new Checkpoint(folder, manifest);
    } catch (IOException e) {
      throw new CheckpointException(
          file + ": expected a checkpoint's manifest, found " + reason(e) + remedy(folder), e);
    }
  }

  /**
   * Reads a checkpoint like {@link #read}, and also checks the hashes of its files.
   *
   * @throws CheckpointException naming the file, what was expected and what was found
   */
  static Checkpoint verified(Path folder) {
    Checkpoint checkpoint = read(folder);
    checkpoint.manifest().filesSha256().forEach((name, hash) -> requireHash(folder, name, hash));
    return checkpoint;
  }

  private static void requireOwnHash(Path file, Manifest manifest) {
    String expected = manifest.filesSha256().get(Manifest.FILE);
    require(
        expected == null || expected.equals(ownHash(manifest)),
        file
            + ": expected the manifest that was written, found another: a value was changed"
            + remedy(file.getParent()));
  }

  /** Returns the SHA-256 of the manifest as JSON without this hash. */
  private static String ownHash(Manifest manifest) {
    Map<String, String> others = new TreeMap<>(manifest.filesSha256());
    others.remove(Manifest.FILE);
    try {
      String json = JSON.writeValueAsString(manifest.withFiles(manifest.files(), others));
      return Sha256.of(json.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest is always writable", e);
    }
  }

  private static void requireHash(Path folder, String name, String expected) {
    if (name.equals(Manifest.FILE)) {
      return;
    }
    Path file = inside(folder, name);
    try {
      require(
          Sha256.of(file).equals(expected),
          file + ": expected the content that was written, found another" + remedy(folder));
    } catch (IOException e) {
      throw new CheckpointException(file + ": cannot be read: " + reason(e) + remedy(folder), e);
    }
  }

  /** Returns the path of a file that the manifest names; throws unless it is in the same folder. */
  private static Path inside(Path folder, String name) {
    Path file = folder.resolve(name);
    require(
        file.normalize().getParent() != null
            && file.normalize().getParent().equals(folder.normalize())
            && !Files.isSymbolicLink(file),
        folder.resolve(Manifest.FILE) + ": expected files in its folder, found " + name);
    return file;
  }

  private static void requireLength(Path file, long expected) throws IOException {
    long found = Files.isRegularFile(file) ? Files.size(file) : -1;
    require(
        found == expected,
        file
            + ": expected "
            + expected
            + " bytes, found "
            + (found < 0 ? "no file" : found)
            + remedy(file.getParent()));
  }

  private static String remedy(Path folder) {
    return "\nDelete the folder " + folder + " to resume from an older checkpoint.";
  }

  private static String reason(IOException e) {
    return DiskFault.reason(e).lines().findFirst().orElse("nothing");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new CheckpointException(message);
    }
  }
}
