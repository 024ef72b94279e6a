package org.sparring.benchmarks.timing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/**
 * One timed run of an engine. As JSON it is one line; the Python of {@code benchmarks/peers} prints
 * the same.
 *
 * @param engine name of the engine
 * @param versions of the libraries, by name
 * @param work the work of a step
 * @param settings that distinguish the run: rule, device, precision, …
 * @param stepMs milliseconds per step
 * @param foreignCores see {@link ForeignLoad}; null if the system does not report it
 * @param check evidence that the work was done
 * @param gpu figures of the GPU; null without one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measurement(
    String engine,
    Map<String, String> versions,
    Work work,
    Map<String, String> settings,
    Spread stepMs,
    Double foreignCores,
    Check check,
    GpuUse gpu) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /**
   * Evidence that a step did its work.
   *
   * @param discriminatorLoss loss of the last step
   * @param generatorLoss loss of the last step
   * @param finite whether all losses were finite
   * @param moved whether the weights of both players changed
   */
  public record Check(
      long generatorParameters,
      long discriminatorParameters,
      double discriminatorLoss,
      double generatorLoss,
      boolean finite,
      boolean moved) {}

  /**
   * Figures of the GPU.
   *
   * @param name name of the card
   * @param busy share of the time in which a kernel ran, in [0, 1]
   * @param peakMib maximum memory in use on the card by all processes, in MiB; for PyTorch, the
   *     maximum of its allocator
   */
  public record GpuUse(String name, double busy, double peakMib) {}

  /** Returns one line of JSON. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a measurement is always writable", e);
    }
  }

  /**
   * Parses a line of {@link #toJson}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Measurement fromJson(String line) {
    try {
      return JSON.readValue(line, Measurement.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "expected a measurement as one line of JSON, found '" + line + "'", e);
    }
  }
}
