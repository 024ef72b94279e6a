package org.sparring.launching;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.sparring.errors.StorageException;
import org.sparring.storage.Disk;

/**
 * Starts all workers of a training on this machine, one process each, and waits for their end.
 *
 * <p>The output of worker 0 is the output of this process; the others write to a file each. If a
 * worker is lost, all are ended and started again, because TensorFlow's collective ops cannot
 * replace one. If this process dies, {@link LauncherPipe} ends the workers.
 */
public final class LocalWorkers {
  private final WorkerProgram program;
  private final LaunchRules rules;
  private final Path logs;
  private final Consumer<String> note;

  /**
   * @param program command line of each worker
   * @param rules answers to the end of a worker
   * @param logs folder for the output of the workers that do not lead; created if missing
   * @param note prints one line for people
   */
  public LocalWorkers(WorkerProgram program, LaunchRules rules, Path logs, Consumer<String> note) {
    this.program = program;
    this.rules = rules;
    this.logs = logs;
    this.note = note;
  }

  /**
   * Starts the workers and returns the exit code of the training when all have ended: that of the
   * worker that failed first, otherwise that of worker 0.
   *
   * @param stop asked again and again; once it returns true, the workers are asked to stop
   */
  public int run(BooleanSupplier stop) {
    createLogs();
    for (int restart = 0; ; restart++) {
      WorkerEnding ending = attempt(restart > 0, stop);
      if (ending.isAgreed()) {
        return ending.code();
      }
      if (!ending.isCurable() || restart == rules.restarts()) {
        note.accept(ending.words() + log(ending.rank()));
        return ending.code();
      }
      note.accept(
          ending.words()
              + ": all start again from the last checkpoint (restart "
              + (restart + 1)
              + " of "
              + rules.restarts()
              + ")");
    }
  }

  private WorkerEnding attempt(boolean again, BooleanSupplier stop) {
    List<String> addresses = LoopbackPorts.free(rules.workers());
    List<WorkerProcess> workers = new ArrayList<>();
    try {
      for (int rank = 0; rank < rules.workers(); rank++) {
        workers.add(
            WorkerProcess.start(rank, program.command(rank, addresses, again), log(again, rank)));
      }
      return new WorkerWatch(workers, rules).untilAllEnded(stop);
    } finally {
      workers.forEach(WorkerProcess::kill);
    }
  }

  private void createLogs() {
    try {
      Disk.createFolders(logs);
    } catch (IOException e) {
      throw StorageException.writing(logs, e);
    }
  }

  private ProcessBuilder.Redirect log(boolean again, int rank) {
    if (rank == 0) {
      return ProcessBuilder.Redirect.INHERIT;
    }
    Path file = file(rank);
    return again
        ? ProcessBuilder.Redirect.appendTo(file.toFile())
        : ProcessBuilder.Redirect.to(file.toFile());
  }

  private String log(int rank) {
    return rank == 0 ? "" : "; its log: " + file(rank);
  }

  private Path file(int rank) {
    return logs.resolve(rank + ".log");
  }
}
