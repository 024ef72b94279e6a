package org.sparring.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads back the lines of {@link MetricsFile}. */
final class MetricsLine {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private MetricsLine() {}

  /** Whether the line is one complete object of a step that is not after {@code lastStep}. */
  static boolean isWholeAndUntil(String line, long lastStep) {
    JsonNode step = parsed(line).path("step");
    return step.isIntegralNumber() && step.longValue() <= lastStep;
  }

  /** The line as JSON; a missing node where it is none. */
  static JsonNode parsed(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      // a crash cut this line off; its step will be logged again
      return MAPPER.missingNode();
    }
  }
}
