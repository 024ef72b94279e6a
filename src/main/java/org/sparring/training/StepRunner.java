package org.sparring.training;

import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** Makes steps: one by the ops of its form, several by a {@link DeviceLoop} around them. */
public final class StepRunner implements AutoCloseable {
  private final TrainingGraph graph;
  private final Session session;
  private final Session.Runner regularized;
  private final Session.Runner plain;
  private float[] meters = new float[StepMeters.COUNT];
  private DeviceLoop loop;

  public StepRunner(TrainingGraph graph, Session session) {
    this.graph = graph;
    this.session = session;
    regularized = runner(graph.steps().regularized());
    plain = runner(graph.steps().plain());
  }

  private Session.Runner runner(Step step) {
    return session.runner().addTarget(step.done()).fetch(step.meters());
  }

  /**
   * Makes steps.
   *
   * @param done steps made before
   * @param count at least 1
   * @return the meters of each, one after the other, until the next call; there may be room behind
   */
  public float[] run(long done, int count) {
    if (meters.length < count * StepMeters.COUNT) {
      meters = new float[count * StepMeters.COUNT];
    }
    try {
      if (count == 1) {
        single(done + 1);
      } else {
        loop().run(done, count, meters);
      }
      return meters;
    } catch (RuntimeException e) {
      throw graph.samples().explained(e);
    }
  }

  private void single(long step) {
    Session.Runner runner = graph.steps().isRegularized(step) ? regularized : plain;
    try (Result result = runner.run()) {
      TFloat32 found = (TFloat32) result.get(0);
      found.asRawTensor().data().asFloats().read(meters, 0, StepMeters.COUNT);
    }
  }

  private DeviceLoop loop() {
    if (loop == null) {
      loop = new DeviceLoop(graph.graph(), session, graph.steps());
    }
    return loop;
  }

  @Override
  public void close() {
    if (loop != null) {
      loop.close();
      loop = null;
    }
  }
}
