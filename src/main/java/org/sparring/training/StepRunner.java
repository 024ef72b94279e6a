package org.sparring.training;

import java.util.HashMap;
import java.util.IdentityHashMap;
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
  private final Map<PhaseSteps, DeviceLoop> loops = new IdentityHashMap<>();

  public StepRunner(TrainingGraph graph, Session session) {
    this.graph = graph;
    this.session = session;
    graph.steps().phases().stream()
        .flatMap(phase -> phase.forms().values().stream())
        .forEach(form -> runners.put(form, runner(form)));
    width = graph.steps().width();
    meters = new float[width];
  }

  private Session.Runner runner(Step step) {
    return session.runner().addTarget(step.done()).fetch(step.meters());
  }

  /**
   * Runs steps of one phase.
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
        loop(graph.steps().phase(done + 1)).run(done, count, meters);
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

  private DeviceLoop loop(PhaseSteps phase) {
    return loops.computeIfAbsent(phase, p -> new DeviceLoop(graph.graph(), session, p));
  }

  @Override
  public void close() {
    loops.values().forEach(DeviceLoop::close);
    loops.clear();
  }
}
