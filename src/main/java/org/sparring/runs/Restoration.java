package org.sparring.runs;

import java.nio.file.Path;
import java.util.Optional;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.checkpoints.Manifest;
import org.sparring.errors.CheckpointException;
import org.sparring.runfolders.WeightsCheck;
import org.sparring.training.TrainingGraph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TInt64;

/**
 * Sets the variables of a run's session to the newest checkpoint, or to their initial values if
 * there is none. The restored step, seed and weights are compared with the manifest. If they
 * differ, the checkpoint counts as damaged, and the one before it is restored.
 *
 * @param store checkpoints of the run
 * @param seed seed of the recipe
 */
record Restoration(CheckpointStore store, long seed) {

  /**
   * Restores a checkpoint and returns it; empty if there is none.
   *
   * @param newest newest checkpoint of the store
   * @throws CheckpointException if there are checkpoints and none can be restored
   */
  Optional<Checkpoint> into(Optional<Checkpoint> newest, TrainingGraph training, Session session) {
    CheckpointException first = null;
    Optional<Checkpoint> candidate = newest;
    while (candidate.isPresent()) {
      try {
        restore(candidate.get(), training, session);
        return candidate;
      } catch (CheckpointException damaged) {
        first = first == null ? damaged : first;
        store.passOver(candidate.get().folder(), damaged);
        candidate = store.before(candidate.get().manifest().step());
      }
    }
    if (first != null) {
      throw first;
    }
    session.run(training.initialization());
    return Optional.empty();
  }

  private void restore(Checkpoint checkpoint, TrainingGraph training, Session session) {
    checkpoint.restore(session);
    Manifest manifest = checkpoint.manifest();
    Path folder = checkpoint.folder();
    WeightsCheck.require(folder, "seed", seed, manifest.seed());
    WeightsCheck.require(folder, "step", step(training, session), manifest.step());
    String weights = training.fingerprint().of(session).sha256();
    WeightsCheck.require(folder, "weights", weights, manifest.weightsSha256());
  }

  private static long step(TrainingGraph training, Session session) {
    try (Result result = session.runner().fetch(training.counter()).run()) {
      return ((TInt64) result.get(0)).getLong();
    }
  }
}
