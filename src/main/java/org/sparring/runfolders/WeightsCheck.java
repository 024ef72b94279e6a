package org.sparring.runfolders;

import java.nio.file.Path;
import org.sparring.assembly.Assembly;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.errors.CheckpointException;
import org.sparring.training.TrainedWeights;

/**
 * Compares the weights that a checkpoint holds with the fingerprint in its manifest. Checksums of
 * files show damage; this also shows weights that belong to another manifest.
 */
public record WeightsCheck(TrainedWeights weights) implements AutoCloseable {

  /** For the checkpoints of a run. */
  public static WeightsCheck of(Assembly assembly, RunDescription.Data data) {
    return new WeightsCheck(new TrainedWeights(assembly.contest(data.shape(), data.classes())));
  }

  /**
   * @param name of the checkpoint's folder, for the message
   * @throws CheckpointException if it holds other weights than its manifest lists
   */
  public void require(Checkpoint checkpoint, Path name) {
    require(
        name,
        "weights",
        weights.sha256(checkpoint::restore),
        checkpoint.manifest().weightsSha256());
  }

  /**
   * @throws CheckpointException if a checkpoint holds something else than its manifest lists
   */
  public static void require(Path checkpoint, String what, Object held, Object listed) {
    if (!held.equals(listed)) {
      throw new CheckpointException(
          "checkpoint "
              + checkpoint
              + ": expected "
              + what
              + " "
              + listed
              + " as its manifest says, found "
              + held
              + "\nDelete the folder to go on from an older checkpoint.");
    }
  }

  @Override
  public void close() {
    weights.close();
  }
}
