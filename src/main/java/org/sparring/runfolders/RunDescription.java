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
 * The versions, the machine and the data of a run, stored as {@code run.json}.
 *
 * @param tensorflow version of TensorFlow
 * @param java version of the JVM
 * @param platform operating system and processor
 * @param processors number of processors that the JVM sees
 * @param device {@code device.kind} of the recipe
 * @param deviceUsed {@code cpu} or {@code gpu:N}; null in runs of earlier versions
 * @param data the data set
 * @param started start of this process, UTC
 * @param resumedFrom number of steps before this process; 0 for a new run
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
   * @param height height of an image in pixels; 0 for points
   * @param width width of an image in pixels; 0 for points
   * @param channels channels of an image, 1 to 4; coordinates of a point
   * @param classes number of classes on which the networks are conditioned; 0 without labels
   * @param labelNames names of these classes, indexed by label
   * @param labelsHash SHA-256 of the names and the class of each sample; null without labels, and
   *     in runs of earlier versions
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

  /** Reads the data set from the description of a run. */
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
