package org.sparring.benchmarks.scaling;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sparring.launching.LoopbackPorts;

/** Processes of one measurement, of which the first one prints the result. */
final class WorkerGroup {
  private WorkerGroup() {}

  /** The arguments of one process: its main class and what follows. */
  @FunctionalInterface
  interface Arguments {
    List<String> of(int rank, List<String> addresses);
  }

  /**
   * Runs the processes and returns the last line that the first one printed.
   *
   * @throws IllegalStateException if one of them failed
   */
  static String run(int count, Arguments arguments) throws IOException, InterruptedException {
    List<String> addresses = LoopbackPorts.free(count);
    List<Process> running = new ArrayList<>();
    try {
      for (int rank = 0; rank < count; rank++) {
        running.add(start(arguments.of(rank, addresses), rank == 0));
      }
      String last = lastLine(running.get(0));
      for (Process process : running) {
        if (process.waitFor() != 0) {
          throw new IllegalStateException("a worker ended with " + process.exitValue());
        }
      }
      return last;
    } finally {
      running.forEach(Process::destroyForcibly);
    }
  }

  private static Process start(List<String> arguments, boolean first) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.redirectOutput(first ? ProcessBuilder.Redirect.PIPE : ProcessBuilder.Redirect.DISCARD);
    return builder.start();
  }

  private static String lastLine(Process process) throws IOException {
    String last = "";
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
      }
    }
    return last;
  }
}
