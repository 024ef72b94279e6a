package org.sparring.checkpoints;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.tensorflow.Session;

/**
 * The checkpoints of one run. Each is a folder that appears whole or not at all: it is written
 * under another name, forced to the disk and renamed.
 */
public final class CheckpointStore {
  private static final String MANIFEST = "manifest.json";
  private static final String UNFINISHED = ".writing-";
  private static final Pattern NAME = Pattern.compile("step-\\d{8,}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final int keep;
  private Optional<Path> held = Optional.empty();

  /**
   * @param folder made when the first checkpoint is written
   * @param keep how many of the newest stay, at least 1; the best scored one stays besides
   */
  public CheckpointStore(Path folder, int keep) {
    if (keep < 1) {
      throw new CheckpointException("at least 1 checkpoint must be kept, found " + keep);
    }
    this.folder = folder;
    this.keep = keep;
  }

  /** Writes the session's variables, then drops what the policy does not keep. */
  public Checkpoint save(Session session, Manifest manifest) {
    String name = String.format(Locale.ROOT, "step-%08d", manifest.step());
    Path unfinished = folder.resolve(UNFINISHED + name);
    try {
      FileUtils.deleteDirectory(unfinished.toFile());
      Files.createDirectories(unfinished);
      session.save(unfinished.resolve(Checkpoint.VARIABLES).toString());
      Manifest whole = manifest.withFiles(sizes(unfinished));
      JSON.writerWithDefaultPrettyPrinter()
          .writeValue(unfinished.resolve(MANIFEST).toFile(), whole);
      Checkpoint saved = new Checkpoint(publish(unfinished, folder.resolve(name)), whole);
      prune();
      return saved;
    } catch (IOException e) {
      throw new CheckpointException(
          "cannot write checkpoint " + folder.resolve(name) + ": " + e, e);
    }
  }

  /** Keeps a checkpoint whatever the policy says, in the place of one that was held before. */
  public void hold(Checkpoint checkpoint) {
    held = Optional.of(checkpoint.folder());
  }

  /** Leaves the held checkpoint to the policy again. */
  public void release() {
    held = Optional.empty();
  }

  /**
   * Writes a score into a checkpoint's manifest, which is replaced as a whole.
   *
   * @param score lower is better; finite
   */
  public Checkpoint score(Checkpoint checkpoint, double score) {
    require(Double.isFinite(score), "a score must be finite, found " + score);
    Manifest scored = checkpoint.manifest().withScore(score);
    Path file = checkpoint.folder().resolve(MANIFEST);
    Path unfinished = checkpoint.folder().resolve(UNFINISHED + MANIFEST);
    try {
      JSON.writerWithDefaultPrettyPrinter().writeValue(unfinished.toFile(), scored);
      force(unfinished, StandardOpenOption.WRITE);
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      force(checkpoint.folder(), StandardOpenOption.READ);
      return new Checkpoint(checkpoint.folder(), scored);
    } catch (IOException e) {
      throw new CheckpointException("cannot write " + file + ": " + e, e);
    }
  }

  /** The newest checkpoint, or none where none was ever finished. */
  public Optional<Checkpoint> latest() {
    List<Path> folders = folders();
    return folders.isEmpty()
        ? Optional.empty()
        : Optional.of(read(folders.get(folders.size() - 1)));
  }

  /** The checkpoint with the lowest score, of those that can be read. */
  public Optional<Checkpoint> best() {
    return folders().stream()
        .flatMap(CheckpointStore::readable)
        .filter(c -> c.manifest().score() != null)
        .min(Comparator.comparing(c -> c.manifest().score()));
  }

  /**
   * Reads a checkpoint's manifest and checks that its files are as long as it says.
   *
   * @throws CheckpointException naming the file, what was expected and what was found
   */
  public static Checkpoint read(Path folder) {
    Path file = folder.resolve(MANIFEST);
    try {
      Manifest manifest = JSON.readValue(file.toFile(), Manifest.class);
      require(
          manifest.format() == Manifest.FORMAT,
          file + ": expected format " + Manifest.FORMAT + ", found " + manifest.format());
      for (Map.Entry<String, Long> expected : manifest.files().entrySet()) {
        requireLength(folder.resolve(expected.getKey()), expected.getValue());
      }
      return new Checkpoint(folder, manifest);
    } catch (IOException e) {
      throw new CheckpointException(
          file + ": expected a checkpoint's manifest, found " + reason(e) + remedy(folder), e);
    }
  }

  /** A damaged old checkpoint is no reason to lose a new one. */
  private static Stream<Checkpoint> readable(Path folder) {
    try {
      return Stream.of(read(folder));
    } catch (CheckpointException damaged) {
      return Stream.empty();
    }
  }

  private static void requireLength(Path file, long expected) throws IOException {
    long found = Files.exists(file) ? Files.size(file) : -1;
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
    return "\nDelete the folder " + folder + " to go on from an older checkpoint.";
  }

  private static String reason(IOException e) {
    return Stream.of(String.valueOf(e.getMessage()).split("\n")).findFirst().orElse("nothing");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new CheckpointException(message);
    }
  }

  /** Finished checkpoints, oldest first. */
  private List<Path> folders() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(p -> NAME.matcher(p.getFileName().toString()).matches())
          .sorted(Comparator.comparing(CheckpointStore::step))
          .toList();
    } catch (IOException e) {
      throw new CheckpointException("cannot list " + folder + ": " + e.getMessage(), e);
    }
  }

  private static long step(Path folder) {
    return Long.parseLong(folder.getFileName().toString().substring("step-".length()));
  }

  private void prune() throws IOException {
    List<Path> superseded = new ArrayList<>(folders());
    superseded.subList(Math.max(0, superseded.size() - keep), superseded.size()).clear();
    best().ifPresent(b -> superseded.remove(b.folder()));
    held.ifPresent(superseded::remove);
    for (Path old : superseded) {
      // out of sight first: a kill in the middle of the deletion leaves no readable half
      Path hidden = folder.resolve(UNFINISHED + old.getFileName());
      FileUtils.deleteDirectory(hidden.toFile());
      Files.move(old, hidden, StandardCopyOption.ATOMIC_MOVE);
    }
    sweep();
  }

  /** Deletes what is out of sight, and what a kill left there. */
  private void sweep() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        if (entry.getFileName().toString().startsWith(UNFINISHED)) {
          FileUtils.deleteDirectory(entry.toFile());
        }
      }
    }
  }

  private static Map<String, Long> sizes(Path folder) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        sizes.put(file.getFileName().toString(), Files.size(file));
      }
    }
    return sizes;
  }

  /** Forces every file and the folder to the disk, then gives it its name. */
  private static Path publish(Path unfinished, Path finished) throws IOException {
    try (Stream<Path> files = Files.list(unfinished)) {
      for (Path file : files.toList()) {
        force(file, StandardOpenOption.WRITE);
      }
    }
    FileUtils.deleteDirectory(finished.toFile());
    Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
    force(finished.getParent(), StandardOpenOption.READ);
    return finished;
  }

  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }
}
