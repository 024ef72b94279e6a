package org.sparring.runfolders;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sparring.assembly.Assembly;
import org.sparring.assembly.TaskData;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.data.ClassLabels;
import org.sparring.errors.CheckpointException;
import org.sparring.recipes.Recipe;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;

/**
 * Versions, machine and data of a run, stored as {@code run.json}.
 *
 * @param tensorflow version of TensorFlow
 * @param java version of the JVM
 * @param platform operating system and processor
 * @param processors that the JVM sees
 * @param device that the recipe asks for
 * @param deviceUsed {@code cpu} or {@code gpu:N}; null in runs of earlier versions
 * @param data what it learns
 * @param started when this process began, UTC
 * @param resumedFrom steps done before; 0 for a run from the start
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RunDescription(
    String tensorflow,
    String java,
    String platform,
    int processors,
    String device,
    String deviceUsed,
    Data data,
    String started,
    long resumedFrom) {

  /**
   * @param height rows of an image; 0 of points
   * @param width columns of an image; 0 of points
   * @param channels of an image, 1 to 4; coordinates of a point
   * @param classes number of classes the pair is trained on; 0 where it uses no labels
   * @param labelNames names of these classes by their numbers
   * @param labelsHash SHA-256 of the names and the class of each sample; null where no labels are
   *     used, and in runs of earlier versions
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Data(
      String source,
      int size,
      int height,
      int width,
      int channels,
      int classes,
      List<String> labelNames,
      @JsonProperty("labels_sha256") String labelsHash,
      @JsonProperty("sha256") String contentHash) {
    Data {
      labelNames = labelNames == null ? List.of() : List.copyOf(labelNames);
    }

    static Data of(TaskData data, int classes) {
      List<Integer> shape = data.first().sample().shape();
      Optional<ClassLabels> labels = classes > 0 ? ClassLabels.of(data.first()) : Optional.empty();
      return new Data(
          data.name(),
          data.size(),
          shape.size() == 3 ? shape.get(0) : 0,
          shape.size() == 3 ? shape.get(1) : 0,
          shape.get(shape.size() - 1),
          classes,
          labels.map(ClassLabels::names).orElse(List.of()),
          labels.map(ClassLabels::hash).orElse(null),
          data.contentHash());
    }

    Shape shape() {
      return height == 0 ? Shape.of(channels) : Shape.of(height, width, channels);
    }
  }

  /** The data that a run was described with. */
  public static Data data(Path file) {
    try {
      return new ObjectMapper().readValue(file.toFile(), RunDescription.class).data();
    } catch (IOException e) {
      throw new CheckpointException(file + ": expected a run's description, found " + e, e);
    }
  }

  public static RunDescription of(
      Recipe recipe, String deviceUsed, TaskData data, Optional<Checkpoint> last) {
    return new RunDescription(
        TensorFlow.version(),
        System.getProperty("java.version"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        recipe.device().kind(),
        deviceUsed,
        Data.of(data, new Assembly(recipe).classes(data)),
        Instant.now().toString(),
        last.map(c -> c.manifest().step()).orElse(0L));
  }

  public byte[] json() {
    try {
      String text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this);
      return (text + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a description is always writable", e);
    }
  }
}
