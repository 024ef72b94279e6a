package org.sparring.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs nvidia-smi, if it is installed. */
public final class NvidiaTool {
  private static final List<String> QUERY =
      List.of(
          "nvidia-smi", "--query-gpu=name,memory.total,driver_version", "--format=csv,noheader");
  private static final int PATIENCE_SECONDS = 10;

  private NvidiaTool() {}

  /**
   * Returns one line per GPU, such as {@code NVIDIA H100, 81559 MiB, 550.54.15}; empty if
   * nvidia-smi is not installed.
   */
  public static List<String> gpus() {
    return lines(QUERY);
  }

  public static List<String> lines(List<String> command) {
    try {
      Process tool =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      // read in another thread, because nvidia-smi may hang
      var output = tool.onExit().thenApply(NvidiaTool::output);
      if (!tool.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        tool.destroyForcibly();
        return List.of();
      }
      return tool.exitValue() == 0 ? output.join().lines().toList() : List.of();
    } catch (IOException e) {
      // not installed
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static String output(Process ended) {
    try {
      return new String(ended.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
