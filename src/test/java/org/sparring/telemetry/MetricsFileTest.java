package org.sparring.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.TelemetryException;

class MetricsFileTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("metrics.jsonl");
  }

  @Test
  void aLineHoldsStepKimgTimeAndTheScalarsInTheirOrder() throws IOException {
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put("d_loss", 0.5);
    scalars.put("g_loss", 1.25);
    try (MetricsFile metrics = MetricsFile.create(file)) {
      metrics.append(200, 12.8, scalars);
    }
    JsonNode line = lines().get(0);
    Instant.parse(line.get("time").textValue());
    String withoutTime = Files.readString(file).replaceAll("\"time\":\"[^\"]*\",", "");
    assertEquals("{\"step\":200,\"kimg\":12.8,\"d_loss\":0.5,\"g_loss\":1.25}\n", withoutTime);
  }

  @Test
  void aValueThatIsNotFiniteIsAStringSoThatTheLineIsJson() throws IOException {
    try (MetricsFile metrics = MetricsFile.create(file)) {
      metrics.append(1, 0, Map.of("nan", Double.NaN, "up", Double.POSITIVE_INFINITY));
      metrics.append(2, 0, Map.of("down", Double.NEGATIVE_INFINITY));
    }
    assertEquals("NaN", lines().get(0).get("nan").textValue());
    assertEquals("Infinity", lines().get(0).get("up").textValue());
    assertEquals("-Infinity", lines().get(1).get("down").textValue());
  }

  @Test
  void anEventHasItsNameAndMessage() throws IOException {
    try (MetricsFile metrics = MetricsFile.create(file)) {
      metrics.event(7, "collapse", "\"8\" of 8 modes\nare gone");
    }
    JsonNode line = lines().get(0);
    assertEquals(7, line.get("step").longValue());
    assertEquals("collapse", line.get("event").textValue());
    assertEquals("\"8\" of 8 modes\nare gone", line.get("message").textValue());
  }

  @Test
  void everyLineIsInTheFileBeforeTheCallReturns() throws IOException {
    try (MetricsFile metrics = MetricsFile.create(file)) {
      for (int step = 1; step <= 3; step++) {
        metrics.append(step, step, Map.of());
        assertEquals(step, lines().size());
      }
    }
  }

  @Test
  void aResumedRunLogsEachStepOnce() throws IOException {
    write(1, 5);
    try (MetricsFile metrics = MetricsFile.open(file, 3)) {
      metrics.append(4, 0, Map.of("again", 1.0));
      metrics.append(5, 0, Map.of("again", 1.0));
    }
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), steps());
    assertTrue(lines().get(3).has("again"));
  }

  @Test
  void aTornLastLineIsDroppedOnResume() throws IOException {
    write(1, 3);
    Files.writeString(file, "{\"step\":3,\"kimg\":0.1", StandardOpenOption.APPEND);
    MetricsFile.open(file, 100).close();
    assertEquals(List.of(1L, 2L, 3L), steps());
  }

  @Test
  void aLastLineTornWithinALetterIsDroppedToo() throws IOException {
    write(1, 2);
    byte[] torn = "{\"step\":2,\"message\":\"é".getBytes(StandardCharsets.UTF_8);
    Files.write(file, Arrays.copyOf(torn, torn.length - 1), StandardOpenOption.APPEND);
    MetricsFile.open(file, 100).close();
    assertEquals(List.of(1L, 2L), steps());
  }

  @Test
  void aWholeLastLineWithoutItsNewlineIsKept() throws IOException {
    Files.writeString(file, "{\"step\":1}\n{\"step\":2}");
    try (MetricsFile metrics = MetricsFile.open(file, 2)) {
      metrics.append(3, 0, Map.of());
    }
    assertEquals(List.of(1L, 2L, 3L), steps());
  }

  @Test
  void aNewRunDropsTheLinesOfAnEarlierOne() throws IOException {
    write(0, 3);
    MetricsFile.create(file).close();
    assertEquals(0, Files.size(file));
  }

  @Test
  void aScalarThatTakesAKeyOfTheLineIsRefused() {
    try (MetricsFile metrics = MetricsFile.create(file)) {
      TelemetryException refused =
          assertThrows(TelemetryException.class, () -> metrics.append(1, 0, Map.of("step", 1.0)));
      assertEquals(
          "A scalar's name must be none of the line's own keys, found step.", refused.getMessage());
    }
  }

  @Test
  void aClosedFileRefusesALine() {
    MetricsFile metrics = MetricsFile.create(file);
    metrics.close();
    TelemetryException refused =
        assertThrows(TelemetryException.class, () -> metrics.append(1, 0, Map.of()));
    assertTrue(refused.getMessage().contains("closed already"), refused.getMessage());
  }

  private void write(int firstStep, int lastStep) {
    try (MetricsFile metrics = MetricsFile.create(file)) {
      for (int step = firstStep; step <= lastStep; step++) {
        metrics.append(step, step / 10.0, Map.of("d_loss", 0.7));
      }
    }
  }

  private List<Long> steps() throws IOException {
    return lines().stream().map(line -> line.get("step").longValue()).toList();
  }

  private List<JsonNode> lines() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    try (var values = mapper.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      return values.readAll();
    }
  }
}
