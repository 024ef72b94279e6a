package org.sparring.benchmarks.steps;

import org.sparring.training.TrainingGraph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TInt64;

/** Compares the number of steps of a benchmark with the step counter in the graph. */
public final class StepCount {
  private StepCount() {}

  /**
   * Throws if the counts differ.
   *
   * @throws IllegalStateException if they differ, because then something else was timed
   */
  public static void require(TrainingGraph training, Session session, long made) {
    try (Result result = session.runner().fetch(training.counter()).run()) {
      long counted = ((TInt64) result.get(0)).getLong();
      if (counted != made) {
        throw new IllegalStateException(made + " steps made, " + counted + " steps counted");
      }
    }
  }
}
