package org.sparring.runs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sparring.distributed.Team;
import org.sparring.errors.CheckpointException;
import org.sparring.runfolders.RunFolder;
import org.sparring.storage.AtomicFiles;

/**
 * The workers that train a run, stored beside their logs, one address a line. Another number of
 * workers adds in another order, so the weights then differ in their last bits.
 *
 * @param folder of the run
 */
record TeamRecord(RunFolder folder) {

  private Path file() {
    return folder.workers().resolve("addresses.txt");
  }

  /** Returns what to tell people if a resumed run continues with another number of workers. */
  Optional<String> change(Optional<Team> team) {
    int before = before();
    int now = team.map(t -> t.cluster().workers().size()).orElse(1);
    return before == now
        ? Optional.empty()
        : Optional.of(
            "resuming with "
                + now
                + (now == 1 ? " worker" : " workers")
                + " what "
                + before
                + " began: the weights will differ in their last bits from an uninterrupted run's");
  }

  private int before() {
    try {
      return Files.exists(file()) ? Files.readAllLines(file()).size() : 1;
    } catch (IOException e) {
      throw new CheckpointException(file() + ": expected addresses of workers, found " + e, e);
    }
  }

  /** Stores the workers of this process's training. */
  void write(Optional<Team> team) {
    List<String> workers = team.map(t -> t.cluster().workers()).orElse(List.of());
    if (workers.size() > 1 || Files.exists(file())) {
      String lines = workers.isEmpty() ? "alone" : String.join("\n", workers);
      AtomicFiles.write(file(), (lines + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }
}
