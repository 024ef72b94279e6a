package org.sparring.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.sparring.storage.AppendedFile;
import org.sparring.storage.AtomicFiles;

/**
 * Logs the scalars of a run, one JSON object per line: {@code
 * {"step":200,"kimg":12.8,"time":"2025-01-01T12:00:00.000Z","d_loss":0.69}}. A value that is not
 * finite is the string {@code "NaN"}, {@code "Infinity"} or {@code "-Infinity"}, so that every line
 * is valid JSON. Each line reaches the operating system before the call returns.
 */
public final class MetricsFile implements AutoCloseable {
  private static final Set<String> OWN_KEYS = Set.of("step", "kimg", "time", "event", "message");
  private static final JsonFactory JSON = new JsonFactory();

  private final AppendedFile file;
  private boolean closed;

  private MetricsFile(AppendedFile file) {
    this.file = file;
  }

  /** Opens the file for a new run; deletes earlier contents. */
  public static MetricsFile create(Path file) {
    return open(file, -1);
  }

  /**
   * Opens the file for a run that resumes after {@code resumeStep}. Lines of later steps, and a
   * last line cut off by a crash, are removed in one atomic replacement, so each step is logged
   * once.
   */
  public static MetricsFile open(Path file, long resumeStep) {
    keepUntil(file, resumeStep);
    return new MetricsFile(AppendedFile.open(file));
  }

  /** Writes one line of scalars, in the order of the map. */
  public void append(long step, double kimg, Map<String, Double> scalars) {
    scalars.keySet().forEach(MetricsFile::requireFreeName);
    line(
        json -> {
          json.writeNumberField("step", step);
          json.writeNumberField("kimg", kimg);
          json.writeStringField("time", now());
          for (Map.Entry<String, Double> scalar : scalars.entrySet()) {
            json.writeNumberField(scalar.getKey(), scalar.getValue());
          }
        });
  }

  /** Writes one line about an event, such as an alarm or a checkpoint. */
  public void event(long step, String name, String message) {
    line(
        json -> {
          json.writeNumberField("step", step);
          json.writeStringField("time", now());
          json.writeStringField("event", name);
          json.writeStringField("message", message);
        });
  }

  @Override
  public synchronized void close() {
    closed = true;
    file.close();
  }

  @FunctionalInterface
  private interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }

  /** Writes a line with one call, so that a crash can cut off only the last line. */
  private synchronized void line(Fields fields) {
    if (closed) {
      throw Failure.closed(file.path().toString());
    }
    file.append(encoded(fields));
  }

  private static byte[] encoded(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      fields.writeTo(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("memory can be written to", e);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static void keepUntil(Path file, long resumeStep) {
    AtomicFiles.write(
        file,
        kept -> {
          if (resumeStep >= 0 && Files.exists(file)) {
            copyUntil(file, resumeStep, kept);
          }
        });
  }

  private static void copyUntil(Path file, long resumeStep, OutputStream kept) throws IOException {
    // not Files.newBufferedReader, which fails on a line cut off within a character
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (MetricsLine.isWholeAndUntil(line, resumeStep)) {
          kept.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  private static void requireFreeName(String name) {
    Failure.require(
        !OWN_KEYS.contains(name), "A scalar's name must be none of the line's own keys", name);
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
