package org.sparring.benchmarks.sheets;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.sparring.errors.TelemetryException;

/**
 * A results file: what was measured where, with what, when.
 *
 * @param format of the file; {@value #FORMAT}
 * @param date UTC, of the last figure
 * @param device that the benchmarks ran on: {@code cpu}, or the GPU's model
 * @param versions of sparring, tensorflow, java, jmh, by name
 * @param flags what was asked for, and environment variables that change figures
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Sheet(
    int format,
    String date,
    Machine machine,
    String device,
    Map<String, String> versions,
    Map<String, String> flags,
    List<Measured> results) {
  public static final int FORMAT = 1;

  public Sheet {
    if (format != FORMAT) {
      throw new IllegalArgumentException("expected format " + FORMAT + ", found " + format);
    }
  }

  /**
   * @throws TelemetryException if it is no results file
   */
  public static Sheet read(Path file) {
    try {
      return new ObjectMapper().readValue(Files.readAllBytes(file), Sheet.class);
    } catch (JacksonException e) {
      throw new TelemetryException(
          "expected a results file of the benchmark suite, found "
              + file
              + ": "
              + e.getOriginalMessage().lines().findFirst().orElse(""),
          e);
    } catch (IOException e) {
      throw new TelemetryException(
          "cannot read " + file + ": expected a results file, found " + e, e);
    }
  }

  public void write(Path file) {
    try {
      String text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this);
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path next = folder.resolve(file.getFileName() + ".next");
      Files.write(next, (text + "\n").getBytes(StandardCharsets.UTF_8));
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new TelemetryException("cannot write " + file + ": " + e, e);
    }
  }
}
