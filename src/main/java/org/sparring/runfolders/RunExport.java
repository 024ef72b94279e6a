package org.sparring.runfolders;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.sparring.assembly.Assembly;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.checkpoints.PinnedCheckpoint;
import org.sparring.errors.CheckpointException;
import org.sparring.inference.GeneratorExport;
import org.sparring.storage.AtomicFolders;

/**
 * Writes a checkpoint's generator as a SavedModel. The run's data is not needed, and the run may be
 * training meanwhile.
 *
 * @param folder of the run
 * @param assembly of its recipe
 */
public record RunExport(RunFolder folder, Assembly assembly) {
  private static final String MARK = "saved_model.pb";

  /**
   * @param target a new or empty folder, or a SavedModel to be replaced
   * @param wanted finds the checkpoint; asked again where the run deletes what was found
   * @param what is wanted, for the message
   * @throws CheckpointException if nothing is found
   */
  public void write(
      Path target, GeneratorExport.Form form, Supplier<Optional<Checkpoint>> wanted, String what) {
    AtomicFolders.requireReplaceable(target, MARK);
    folder.requireSound();
    RunDescription.Data data = RunDescription.data(folder.description());
    GeneratorExport export = assembly.export(data.shape(), data.classes(), data.labelNames());
    try (PinnedCheckpoint pinned = PinnedCheckpoint.of(wanted).orElseThrow(() -> none(what));
        WeightsCheck weights = WeightsCheck.of(assembly, data)) {
      weights.require(pinned.checkpoint(), pinned.origin());
      Path prefix = pinned.checkpoint().prefix();
      AtomicFolders.replace(target, unfinished -> export.write(prefix, unfinished, form));
    }
  }

  private CheckpointException none(String what) {
    return new CheckpointException(folder.root() + " holds no " + what);
  }
}
