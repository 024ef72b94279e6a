package org.sparring.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Sparring in a separate process, on the class path of the test. */
final class SparringProcess {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final Path out;
  private final Path err;

  private SparringProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * @param folder for what it prints
   */
  static SparringProcess start(Path folder, Class<?> main, List<String> options, String... more)
      throws IOException {
    return under(List.of(), folder, main, options, more);
  }

  /**
   * The same, started by another program.
   *
   * @param launcher the other program and its arguments, before the arguments of Java
   */
  static SparringProcess under(
      List<String> launcher, Path folder, Class<?> main, List<String> options, String... more)
      throws IOException {
    Path out = Files.createTempFile(folder, "process", ".out");
    Path err = Files.createTempFile(folder, "process", ".err");
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.add("-Dsparring.quiet=true");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(Arrays.asList(more));
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new SparringProcess(builder.start(), out, err);
  }

  /** Waits until something is so; false where the process ended before. */
  boolean until(BooleanSupplier holds) throws InterruptedException, TimeoutException {
    long last = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!holds.getAsBoolean()) {
      if (!process.isAlive()) {
        return holds.getAsBoolean();
      }
      if (System.nanoTime() > last) {
        process.destroyForcibly();
        throw new TimeoutException("the process takes too long");
      }
      Thread.sleep(1);
    }
    return true;
  }

  long pid() {
    return process.pid();
  }

  /** The processes that it started and that still run. */
  Stream<ProcessHandle> children() {
    return process.children();
  }

  /** Such as {@code KILL}, {@code TERM}, {@code INT}. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, pid() + "").start().waitFor();
  }

  /** The number of threads with this in their names, as Linux reports. */
  long threads(String name) throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc", process.pid() + "", "task"))) {
      return tasks.filter(task -> comm(task).contains(name)).count();
    }
  }

  private static String comm(Path task) {
    try {
      return Files.readString(task.resolve("comm"));
    } catch (IOException ended) {
      return "";
    }
  }

  /** How it ended, as the shell counts. */
  int exitCode() throws InterruptedException, TimeoutException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new TimeoutException("the process does not end");
    }
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(out, StandardCharsets.UTF_8);
  }

  String err() throws IOException {
    return Files.readString(err, StandardCharsets.UTF_8);
  }
}
