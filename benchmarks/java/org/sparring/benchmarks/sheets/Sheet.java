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
 * A results file: the figures, the machine, the versions and the date.
 *
 * @param format version of the format, {@value #FORMAT}
 * @param date time of the last figure, UTC
 * @param device device of the benchmarks: {@code cpu}, or the GPU's model
 * @param versions versions of sparring, tensorflow, java and jmh, by name
 * @param flags options of the suite, and environment variables that affect figures
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
   * Reads a results file.
   *
   * @throws TelemetryException if the file is not a results file
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
