package org.sparring.benchmarks.steps;

import org.sparring.training.TrainingGraph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TInt64;

/** Holds the steps that a benchmark counted against those that the graph counted. */
public final class StepCount {
  private StepCount() {}

  /**
   * @throws IllegalStateException if they differ: then something else was timed
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
