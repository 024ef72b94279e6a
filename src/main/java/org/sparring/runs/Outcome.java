package org.sparring.runs;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.sparring.training.TrainingListener.Ending;

/**
 * What a run came to.
 *
 * @param run its folder
 * @param ending how it ended
 * @param steps done in all, resumed ones included
 * @param kimg thousands of real images shown in all
 * @param timing of this process
 * @param discriminatorLoss of the last step; null where this process made none
 * @param generatorLoss of the last step; null where this process made none
 * @param alarms that sounded in this process, by their labels
 * @param weightsSha256 over all trained variables of both players and the average, in name order
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Outcome(
    String run,
    Ending ending,
    long steps,
    double kimg,
    @JsonUnwrapped Timing timing,
    @JsonProperty("d_loss") Double discriminatorLoss,
    @JsonProperty("g_loss") Double generatorLoss,
    List<String> alarms,
    @JsonProperty("weights_sha256") String weightsSha256) {

  /**
   * @param seconds of the whole call
   * @param firstStepSeconds from the start of the JVM to the end of its first step; 0 without one
   * @param imagesPerSecond real images over the time of the training loop, everything in it
   *     included
   * @param stepMsMedian median of the last steps, milliseconds
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Timing(
      double seconds, double firstStepSeconds, double imagesPerSecond, double stepMsMedian) {}
}
