package org.sparring.runs;

import java.util.Optional;
import org.sparring.assembly.Assembly;
import org.sparring.assembly.MemoryCheck;
import org.sparring.distributed.Team;
import org.sparring.natives.HostMemory;
import org.sparring.training.TrainingGraph;
import org.tensorflow.Graph;
import org.tensorflow.Session;

/**
 * The graph, the session and the data of a run. They are closed together, unless another worker was
 * lost: a call without an answer may still hold the session.
 */
final class OpenRun implements AutoCloseable {
  private final TrainingGraph training;
  private final Session session;
  private final Optional<Team> team;

  private OpenRun(TrainingGraph training, Session session, Optional<Team> team) {
    this.training = training;
    this.session = session;
    this.team = team;
  }

  /** Opens the session of a graph, which is closed if that fails. */
  static OpenRun of(TrainingGraph training, Assembly assembly, Optional<Team> team) {
    try {
      Session session =
          team.map(t -> t.session(training.graph()))
              .orElseGet(() -> new Session(training.graph(), assembly.session().config()));
      return new OpenRun(training, session, team);
    } catch (RuntimeException e) {
      training.graph().close();
      throw e;
    }
  }

  /**
   * Throws if a step on the CPU does not fit into memory, before it is allocated.
   *
   * @param batch of all workers
   */
  void requireMemory(Assembly assembly, int batch) {
    if (assembly.hardware().isCpu()) {
      int here = team.map(t -> t.cluster().here()).orElse(1);
      new MemoryCheck(HostMemory.ofThisMachine(), here).require(training.graph(), batch);
    }
  }

  TrainingGraph training() {
    return training;
  }

  Session session() {
    return session;
  }

  @Override
  public void close() {
    if (team.isEmpty() || !team.get().hasLost()) {
      closeAll();
    }
  }

  @SuppressWarnings("try") // closed even if the samples cannot be
  private void closeAll() {
    try (Graph graph = training.graph();
        Session open = session) {
      training.samples().close();
    }
  }
}
