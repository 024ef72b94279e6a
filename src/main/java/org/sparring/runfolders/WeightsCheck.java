package org.sparring.runfolders;

import java.nio.file.Path;
import org.sparring.assembly.Assembly;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.errors.CheckpointException;
import org.sparring.training.TrainedWeights;

/**
 * Compares the weights in a checkpoint with the fingerprint in its manifest. Checksums of files
 * detect damage; this check also detects weights that belong to another manifest.
 */
public record WeightsCheck(TrainedWeights weights) implements AutoCloseable {

  /** Returns a check for the checkpoints of a run. */
  public static WeightsCheck of(Assembly assembly, RunDescription.Data data) {
    return new WeightsCheck(new TrainedWeights(assembly.contest(data.shape(), data.classes())));
  }

  /**
   * Checks a checkpoint.
   *
   * @param name name of the checkpoint's folder, for the message
   * @throws CheckpointException if its weights differ from the manifest
   */
  public void require(Checkpoint checkpoint, Path name) {
    require(
        name,
        "weights",
        weights.sha256(checkpoint::restore),
        checkpoint.manifest().weightsSha256());
  }

  /**
   * Throws unless {@code held} equals {@code listed}.
   *
   * @throws CheckpointException if the content of a checkpoint differs from its manifest
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
              + "\nDelete the folder to resume from an older checkpoint.");
    }
  }

  @Override
  public void close() {
    weights.close();
  }
}
