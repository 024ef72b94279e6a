package org.sparring.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sparring.benchmarks.timing.Measurement;

/** Runs an engine in a separate process. */
final class EngineProcess {
  private EngineProcess() {}

  /**
   * @throws IllegalStateException if the process ends without a measurement, with its last words
   */
  static Measurement run(Engine engine, Plan plan) {
    try {
      Path log = Files.createTempFile("sparring-" + engine.label(), ".log");
      ProcessBuilder builder = new ProcessBuilder(engine.command(plan)).redirectError(log.toFile());
      builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
      Process process = builder.start();
      String output = read(process.getInputStream());
      int exit = process.waitFor();
      String words = Files.readString(log);
      Files.delete(log);
      return measurement(engine, output, exit + "\n" + words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + engine.label() + " ran", e);
    }
  }

  private static String read(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Measurement measurement(Engine engine, String output, String words) {
    return output
        .lines()
        .filter(line -> line.startsWith("{"))
        .map(Measurement::fromJson)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    engine.label() + ": expected a measurement, found exit code " + words));
  }
}
