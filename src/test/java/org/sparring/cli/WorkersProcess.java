package org.sparring.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A training of two workers, started by {@code train --workers 2} in a process of its own. */
final class WorkersProcess {
  static final int STEPS = 60;

  private static final List<String> SETTINGS =
      List.of(
          "batch=8",
          "net.width=4",
          "net.latent=8",
          "data.side=16",
          "checkpoint.steps=5",
          "checkpoint.keep=100",
          "samples.steps=0",
          "meters.steps=20",
          "log.steps=5",
          "device.kind=cpu",
          "steps=" + STEPS);

  private final SparringProcess launcher;
  private final Path run;

  private WorkersProcess(SparringProcess launcher, Path run) {
    this.launcher = launcher;
    this.run = run;
  }

  /** Starts both workers and the process that watches them. */
  static WorkersProcess start(Path folder, Path run, String... options) throws IOException {
    return under(List.of(), folder, run, both(options));
  }

  private static List<String> both(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    if (!all.contains("--workers")) {
      all.addAll(List.of("--workers", "2"));
    }
    return all;
  }

  /** Starts one worker of two. */
  static WorkersProcess one(Path folder, Path run, int task, List<String> addresses, String... more)
      throws IOException {
    List<String> options = new ArrayList<>(List.of("--workers", String.join(",", addresses)));
    options.addAll(List.of("--task", task + ""));
    options.addAll(List.of(more));
    return under(List.of(), folder, run, options);
  }

  /**
   * @param program that starts the process, with its arguments
   */
  static WorkersProcess under(List<String> program, Path folder, Path run, List<String> options)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("dcgan-glyphs", "--run", run.toString()));
    SETTINGS.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    arguments.add("--json");
    arguments.addAll(options);
    return new WorkersProcess(
        SparringProcess.under(program, folder, TrainCommand.class, arguments), run);
  }

  /** Waits until something is so. */
  void until(BooleanSupplier holds) throws InterruptedException, TimeoutException {
    launcher.until(holds);
  }

  /** Sends a signal to a worker. */
  void signal(int rank, String name) throws IOException, InterruptedException {
    // the workers are started in the order of their ranks
    List<ProcessHandle> workers =
        launcher.children().sorted(Comparator.comparingLong(ProcessHandle::pid)).toList();
    if (rank < workers.size()) {
      String pid = Long.toString(workers.get(rank).pid());
      new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
    }
  }

  void signal(String name) throws IOException, InterruptedException {
    launcher.signal(name);
  }

  /** No file that the process writes may grow larger. */
  void limitFiles(long bytes) throws IOException, InterruptedException {
    String pid = Long.toString(launcher.pid());
    new ProcessBuilder("prlimit", "--pid", pid, "--fsize=" + bytes).inheritIO().start().waitFor();
  }

  int exitCode() throws InterruptedException, TimeoutException {
    return launcher.exitCode();
  }

  String err() throws IOException {
    return launcher.err();
  }

  /** SHA-256 of all weights at the end. */
  String weights() throws IOException {
    List<String> lines = launcher.out().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1)).get("weights_sha256").asText();
  }

  /** Step of the newest checkpoint. */
  long newest() {
    return steps().max().orElse(0);
  }

  /** Number of checkpoints of later steps. */
  long checkpointsAfter(long step) {
    return steps().filter(s -> s > step).count();
  }

  private LongStream steps() {
    try (Stream<Path> entries = Files.list(run.resolve("checkpoints"))) {
      return LongStream.of(
          entries
              .map(p -> p.getFileName().toString())
              .filter(name -> name.startsWith("step-"))
              .mapToLong(name -> Long.parseLong(name.substring("step-".length())))
              .toArray());
    } catch (IOException | java.io.UncheckedIOException notYet) {
      return LongStream.empty();
    }
  }
}
