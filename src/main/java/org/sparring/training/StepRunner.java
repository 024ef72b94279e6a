package org.sparring.training;

import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** Runs steps: one with the ops of its form, several with a {@link DeviceLoop}. */
public final class StepRunner implements AutoCloseable {
  private final TrainingGraph graph;
  private final Session session;
  private final Map<Step, Session.Runner> runners = new HashMap<>();
  private final int width;
  private float[] meters;
  private DeviceLoop loop;

  public StepRunner(TrainingGraph graph, Session session) {
    this.graph = graph;
    this.session = session;
    graph.steps().forms().values().forEach(form -> runners.put(form, runner(form)));
    width = graph.steps().width();
    meters = new float[width];
  }

  private Session.Runner runner(Step step) {
    return session.runner().addTarget(step.done()).fetch(step.meters());
  }

  /**
   * Runs steps.
   *
   * @param done steps completed before
   * @param count at least 1
   * @return {@link Steps#width} values of each step, one after another, valid until the next call;
   *     the array may be longer
   */
  public float[] run(long done, int count) {
    if (meters.length < count * width) {
      meters = new float[count * width];
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
    try (Result result = runners.get(graph.steps().at(step)).run()) {
      TFloat32 found = (TFloat32) result.get(0);
      found.asRawTensor().data().asFloats().read(meters, 0, width);
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
