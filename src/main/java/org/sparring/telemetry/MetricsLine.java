package org.sparring.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Parses the lines of a {@link MetricsFile}. */
final class MetricsLine {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private MetricsLine() {}

  /** Returns whether the line is a complete JSON object with a step of at most {@code lastStep}. */
  static boolean isWholeAndUntil(String line, long lastStep) {
    JsonNode step = parsed(line).path("step");
    return step.isIntegralNumber() && step.longValue() <= lastStep;
  }

  /** Returns the line as JSON; a missing node if it is not valid JSON. */
  static JsonNode parsed(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      // a crash cut this line off; its step will be logged again
      return MAPPER.missingNode();
    }
  }
}
