package org.sparring.launching;

import static org.sparring.errors.ArgumentException.requireAtLeast;

import java.time.Duration;
import org.sparring.errors.TrainingException;

/**
 * How {@link LocalWorkers} answers the end of a worker.
 *
 * @param workers number of workers, at least 1
 * @param restarts how often all are started again after one was lost, at least 0
 * @param codes meaning of the exit codes
 * @param grace how long the others may take to end after a failure, before they are killed
 * @param patience how long the others may take after an ending on which all agree, or after a stop
 */
public record LaunchRules(
    int workers, int restarts, WorkerCodes codes, Duration grace, Duration patience) {

  public LaunchRules {
    requireAtLeast("workers", workers, 1);
    requireAtLeast("restarts", restarts, 0);
    TrainingException.require(
        !grace.isNegative() && patience.compareTo(grace) >= 0,
        "patience: expected at least the grace of " + grace + ", found " + patience);
  }
}
