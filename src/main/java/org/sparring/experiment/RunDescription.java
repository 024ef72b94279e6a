package org.sparring.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.data.ImageSource;
import org.tensorflow.TensorFlow;

/**
 * What a run was made with, {@code run.json}.
 *
 * @param tensorflow version of TensorFlow
 * @param java version of the JVM
 * @param platform operating system and processor
 * @param processors that the JVM sees
 * @param device that the recipe asks for
 * @param data what it learns
 * @param started when this process began, UTC
 * @param resumedFrom steps done before; 0 for a run from the start
 */
@JsonNaming(SnakeCaseStrategy.class)
record RunDescription(
    String tensorflow,
    String java,
    String platform,
    int processors,
    String device,
    Data data,
    String started,
    long resumedFrom) {

  /**
   * @param geometry height × width × channels
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Data(
      String source, int size, String geometry, @JsonProperty("sha256") String contentHash) {}

  static RunDescription of(Recipe recipe, ImageSource source, Optional<Checkpoint> last) {
    return new RunDescription(
        TensorFlow.version(),
        System.getProperty("java.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        recipe.device().kind(),
        new Data(source.name(), source.size(), source.geometry().toString(), source.contentHash()),
        Instant.now().toString(),
        last.map(c -> c.manifest().step()).orElse(0L));
  }

  byte[] json() {
    try {
      String text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a description is always writable", e);
    }
  }
}
