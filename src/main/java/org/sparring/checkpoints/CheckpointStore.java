package org.sparring.checkpoints;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sparring.errors.CheckpointException;
import org.sparring.errors.DiskFault;
import org.sparring.storage.Disk;
import org.tensorflow.Session;

/**
 * Saves, finds and deletes the checkpoints of one run. Each checkpoint is a folder that is either
 * complete or absent: it is written under another name, forced to disk and renamed.
 */
public final class CheckpointStore {
  private final Path folder;
  private final CheckpointFolders folders;
  private final int keep;
  private final Consumer<String> notices;
  private final Map<Path, CheckpointException> passedOver = new HashMap<>();
  private Optional<Path> held = Optional.empty();

  /**
   * @param folder folder of the checkpoints; created when the first one is written
   * @param keep number of newest checkpoints to keep, at least 1; the checkpoint with the best
   *     score is kept too
   * @param notices receives one line about a problem that did not make a call fail: a damaged
   *     checkpoint was skipped, or an old one could not be deleted
   */
  public CheckpointStore(Path folder, int keep, Consumer<String> notices) {
    if (keep < 1) {
      throw new CheckpointException("at least 1 checkpoint must be kept, found " + keep);
    }
    this.folder = folder;
    folders = new CheckpointFolders(folder);
    this.keep = keep;
    this.notices = notices;
  }

  /** Opens a store that discards its notices. */
  public CheckpointStore(Path folder, int keep) {
    this(folder, keep, notice -> {});
  }

  /**
   * Writes the session's variables as a new checkpoint, then deletes checkpoints that the retention
   * policy does not keep.
   *
   * @throws CheckpointException if the checkpoint cannot be written; earlier checkpoints are kept
   *     then
   */
  public Checkpoint save(Session session, Manifest manifest) {
    String name = String.format(Locale.ROOT, "step-%08d", manifest.step());
    Path unfinished = folder.resolve(CheckpointFolders.UNFINISHED + name);
    try {
      Disk.delete(unfinished);
      Disk.createFolders(unfinished);
      session.save(unfinished.resolve(Checkpoint.VARIABLES).toString());
      Manifest sealed = CheckpointFiles.seal(unfinished, manifest);
      Disk.forceAll(unfinished);
      folders.publish(unfinished, folder.resolve(name));
      prune(manifest.step());
      return new Checkpoint(folder.resolve(name), sealed);
    } catch (IOException | RuntimeException e) { // TensorFlow's exceptions have no common class
      Disk.deleteQuietly(unfinished);
      throw unwritten(folder.resolve(name), e);
    }
  }

  private CheckpointException unwritten(Path checkpoint, Exception e) {
    String reason = DiskFault.in(e).map(DiskFault::words).orElseGet(() -> DiskFault.reason(e));
    String kept =
        newest().map(p -> "\nThe checkpoint before it is kept: " + p).orElse("\nThere is none.");
    return new CheckpointException(
        "cannot write checkpoint " + checkpoint + ": " + reason + kept, e);
  }

  /**
   * Exempts a checkpoint from the retention policy; replaces the checkpoint that was held before.
   */
  public void hold(Checkpoint checkpoint) {
    held = Optional.of(checkpoint.folder());
  }

  /** Makes the held checkpoint subject to the retention policy again. */
  public void release() {
    held = Optional.empty();
  }

  /**
   * Writes a score into a checkpoint's manifest, which is replaced atomically.
   *
   * @param score lower is better; finite
   */
  public Checkpoint score(Checkpoint checkpoint, double score) {
    if (!Double.isFinite(score)) {
      throw new CheckpointException("a score must be finite, found " + score);
    }
    Path file = checkpoint.folder().resolve(Manifest.FILE);
    Path unfinished = checkpoint.folder().resolve(CheckpointFolders.UNFINISHED + Manifest.FILE);
    try {
      Manifest scored = CheckpointFiles.write(checkpoint.manifest().withScore(score), unfinished);
      Disk.force(unfinished);
      Disk.rename(unfinished, file);
      return new Checkpoint(checkpoint.folder(), scored);
    } catch (IOException e) {
      Disk.deleteQuietly(unfinished);
      String reason = DiskFault.in(e).map(DiskFault::words).orElseGet(() -> DiskFault.reason(e));
      throw new CheckpointException("cannot write " + file + ": " + reason, e);
    }
  }

  /**
   * Returns the newest undamaged checkpoint; empty if none was ever finished. A notice names each
   * newer, damaged checkpoint.
   *
   * @throws CheckpointException if there are checkpoints and all are damaged
   */
  public Optional<Checkpoint> latest() {
    CheckpointException first = null;
    for (Path candidate : newestFirst()) {
      try {
        return Optional.of(intact(candidate));
      } catch (CheckpointException damaged) {
        if (!Files.exists(candidate)) {
          return latest(); // the run that writes here has deleted this checkpoint and written a
          // newer one
        }
        first = first == null ? damaged : first;
        passOver(candidate, damaged);
      }
    }
    if (first != null) {
      throw first;
    }
    return Optional.empty();
  }

  /** Returns the newest undamaged checkpoint before {@code step}. */
  public Optional<Checkpoint> before(long step) {
    return newestFirst().stream()
        .filter(p -> CheckpointFolders.step(p) < step)
        .flatMap(path -> readable(path, CheckpointStore::intact))
        .findFirst();
  }

  /**
   * Records that a checkpoint is damaged or unreadable, with at most one notice per checkpoint. The
   * next save deletes a damaged checkpoint; a checkpoint that is only temporarily unreadable,
   * because of the disk or too many open files, is kept.
   */
  public void passOver(Path checkpoint, CheckpointException damaged) {
    if (passedOver.put(checkpoint, damaged) == null) {
      String what = damaged.getMessage().lines().findFirst().orElse("");
      String kind = damaged.isUnreadable() ? "an unreadable" : "a damaged";
      notices.accept(kind + " checkpoint is skipped: " + what);
    }
  }

  /** Returns the undamaged checkpoint with the lowest score. */
  public Optional<Checkpoint> best() {
    return bestScored(CheckpointStore::intact);
  }

  /**
   * @param reader reads a checkpoint; pruning uses a reader that does not hash, because it runs
   *     after each save
   */
  private Optional<Checkpoint> bestScored(Function<Path, Checkpoint> reader) {
    return folders.all().stream()
        .flatMap(path -> readable(path, reader))
        .filter(c -> c.manifest().score() != null)
        .min(Comparator.comparing(c -> c.manifest().score()));
  }

  /** Returns all finished checkpoints, oldest first, including damaged ones. */
  public List<Path> all() {
    return folders.all();
  }

  /**
   * Reads a checkpoint's manifest and checks the sizes of its files.
   *
   * @throws CheckpointException naming the file, what was expected and what was found
   */
  public static Checkpoint read(Path folder) {
    return CheckpointFiles.read(folder);
  }

  /**
   * Reads a checkpoint's manifest, compares it with the name of its folder, and checks every byte
   * of its files.
   *
   * @throws CheckpointException naming the file, what was expected and what was found
   */
  public static Checkpoint verified(Path folder) {
    return intact(folder);
  }

  /**
   * Returns the checkpoint, or an empty stream if it is damaged: a damaged old checkpoint must not
   * prevent saving a new one.
   */
  private static Stream<Checkpoint> readable(Path folder, Function<Path, Checkpoint> reader) {
    try {
      return Stream.of(reader.apply(folder));
    } catch (CheckpointException damaged) {
      return Stream.empty();
    }
  }

  private static Checkpoint intact(Path folder) {
    Checkpoint checkpoint = CheckpointFiles.verified(folder);
    long listed = checkpoint.manifest().step();
    if (listed != CheckpointFolders.step(folder)) {
      throw new CheckpointException(
          folder
              + ": expected a manifest of step "
              + CheckpointFolders.step(folder)
              + ", found step "
              + listed);
    }
    return checkpoint;
  }

  private Optional<Path> newest() {
    return newestFirst().stream().findFirst();
  }

  private List<Path> newestFirst() {
    List<Path> all = new ArrayList<>(folders.all());
    Collections.reverse(all);
    return all;
  }

  /**
   * @param saved step that was just saved; its checkpoint is always kept
   */
  private void prune(long saved) {
    try {
      passedOver.keySet().removeIf(path -> CheckpointFolders.step(path) == saved);
      for (Map.Entry<Path, CheckpointException> passed : passedOver.entrySet()) {
        if (!passed.getValue().isUnreadable()) {
          Disk.delete(passed.getKey());
        }
      }
      List<Path> superseded = new ArrayList<>(folders.all());
      superseded.removeAll(passedOver.keySet());
      superseded.subList(Math.max(0, superseded.size() - keep), superseded.size()).clear();
      bestScored(CheckpointFiles::read).ifPresent(b -> superseded.remove(b.folder()));
      held.ifPresent(superseded::remove);
      for (Path old : superseded) {
        // rename first, so that a process killed while deleting leaves no half that looks readable
        Path hidden = folder.resolve(CheckpointFolders.UNFINISHED + old.getFileName());
        Disk.delete(hidden);
        Files.move(old, hidden);
      }
      folders.sweep();
    } catch (IOException e) {
      notices.accept("an old checkpoint cannot be deleted: " + DiskFault.reason(e));
    }
  }
}
