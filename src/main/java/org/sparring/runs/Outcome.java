package org.sparring.runs;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.sparring.training.TrainingListener.Ending;

/**
 * The result of a run.
 *
 * @param run folder of the run
 * @param ending how the run ended
 * @param steps total number of steps, including those before a resume
 * @param kimg thousands of real images shown, including those before a resume
 * @param timing times of this process
 * @param discriminatorLoss loss of the last step; null if this process made no step
 * @param generatorLoss loss of the last step; null if this process made no step
 * @param alarms labels of the alarms raised in this process
 * @param weightsSha256 hash of all trained variables of both players and of the average, in name
 *     order
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
   * The times of this process.
   *
   * @param seconds duration of the whole call, in seconds
   * @param firstStepSeconds seconds from the start of the JVM to the end of its first step; 0
   *     without a step
   * @param imagesPerSecond real images per second of the training loop, including logging, sampling
   *     and saving
   * @param stepMsMedian median duration of the last steps, in milliseconds
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Timing(
      double seconds, double firstStepSeconds, double imagesPerSecond, double stepMsMedian) {}
}
