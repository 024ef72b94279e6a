package org.sparring.runfolders;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.sparring.assembly.Assembly;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.checkpoints.PinnedCheckpoint;
import org.sparring.errors.CheckpointException;
import org.sparring.exports.ModelOrigin;
import org.sparring.inference.GeneratorExport;
import org.sparring.inference.Precision;
import org.sparring.storage.AtomicFolders;
import org.sparring.tasks.Task;
import org.sparring.tasks.TaskExport;

/**
 * Writes a checkpoint's generator as a SavedModel or as a frozen graph. The data set is not needed,
 * and the run may be training at the same time.
 *
 * @param folder folder of the run
 * @param assembly assembly of its recipe
 */
public record RunExport(RunFolder folder, Assembly assembly) {
  private static final String MARK = "saved_model.pb";

  /**
   * Writes a SavedModel.
   *
   * @param target a new or empty folder, or a SavedModel to be replaced
   * @param wanted finds the checkpoint; called again if the run deletes the checkpoint it found
   * @param what description of the wanted checkpoint, for messages
   * @throws CheckpointException if there is no such checkpoint
   */
  public void write(
      Path target, GeneratorExport.Form form, Supplier<Optional<Checkpoint>> wanted, String what) {
    AtomicFolders.requireReplaceable(target, MARK);
    verified(
        wanted,
        what,
        (data, prefix) ->
            AtomicFolders.replace(target, writing -> write(data, prefix, writing, form)));
  }

  private void write(
      RunDescription.Data data, Path prefix, Path target, GeneratorExport.Form form) {
    Optional<Task> task = assembly.functions(data.shape());
    if (task.isPresent()) {
      ModelOrigin origin = RunOrigin.of(RunPlan.begun(folder), data);
      new TaskExport(task.get(), form.averaged(), form.precision() == Precision.FLOAT16)
          .write(prefix, target, origin);
    } else {
      export(data).write(prefix, target, form);
    }
  }

  /**
   * Writes one frozen graph instead.
   *
   * @param file a file that does not exist, or a frozen generator to be replaced
   */
  void freeze(
      Path file, GeneratorExport.Form form, Supplier<Optional<Checkpoint>> wanted, String what) {
    verified(wanted, what, (data, prefix) -> export(data).freeze(prefix, file, form));
  }

  private GeneratorExport export(RunDescription.Data data) {
    return assembly
        .export(data.shape(), data.classes(), data.labelNames())
        .from(RunOrigin.of(RunPlan.begun(folder), data));
  }

  /**
   * @param use receives the run's data and the checkpoint's prefix, after the weights were compared
   *     with the manifest
   */
  private void verified(
      Supplier<Optional<Checkpoint>> wanted,
      String what,
      BiConsumer<RunDescription.Data, Path> use) {
    OwnPartsFile.requireSame(folder, assembly.own());
    folder.requireSound();
    RunDescription.Data data = RunDescription.data(folder.description());
    try (PinnedCheckpoint pinned = PinnedCheckpoint.of(wanted).orElseThrow(() -> none(what));
        WeightsCheck weights = WeightsCheck.of(assembly, data)) {
      weights.require(pinned.checkpoint(), pinned.origin());
      use.accept(data, pinned.checkpoint().prefix());
    }
  }

  private CheckpointException none(String what) {
    return new CheckpointException(folder.root() + " holds no " + what);
  }
}
