package org.sparring.runs;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.sparring.assembly.Assembly;
import org.sparring.assembly.TaskData;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.errors.RecipeException;
import org.sparring.evaluation.FeatureNetworks;
import org.sparring.inference.GeneratorExport;
import org.sparring.listeners.AlarmPolicy;
import org.sparring.recipes.Recipe;
import org.sparring.runfolders.OwnPartsFile;
import org.sparring.runfolders.Resumption;
import org.sparring.runfolders.RunExport;
import org.sparring.runfolders.RunFolder;
import org.sparring.runfolders.RunLock;
import org.sparring.telemetry.ProgressDisplay;
import org.sparring.training.TrainingListener;
import org.sparring.training.TrainingListener.Ending;

/**
 * A recipe and the folder it is run in: the one place that puts a run together.
 *
 * <p>If the folder contains checkpoints, training resumes from the newest one that is not damaged
 * and produces bit-identical results to an uninterrupted run.
 */
public final class Experiment {
  private final Recipe recipe;
  private final RunFolder folder;
  private final Assembly assembly;
  private final List<TrainingListener> listeners;
  private final CheckpointStore checkpoints;
  private final ProgressDisplay display;
  private Optional<WarmStart> from = Optional.empty();

  /** A run that shows its progress on standard error. */
  public Experiment(Recipe recipe, RunFolder folder) {
    this(recipe, folder, ProgressDisplay.open());
  }

  /**
   * @param display that shows a person how the run goes
   */
  public Experiment(Recipe recipe, RunFolder folder, ProgressDisplay display) {
    this(new Assembly(recipe), recipe, folder, display, List.of());
  }

  Experiment(
      Assembly assembly,
      Recipe recipe,
      RunFolder folder,
      ProgressDisplay display,
      List<TrainingListener> listeners) {
    this.assembly = assembly;
    this.display = display;
    this.recipe = recipe;
    this.folder = folder;
    this.listeners = List.copyOf(listeners);
    this.checkpoints =
        new CheckpointStore(folder.checkpoints(), recipe.checkpoint().keep(), display::note);
  }

  /**
   * An experiment with parts of your own: loss, networks, data, listeners or a whole task. Metrics,
   * sample pictures, alarms, checkpoints, resume and export work as for the engine's parts.
   */
  public static ExperimentBuilder builder(Recipe recipe) {
    return new ExperimentBuilder(recipe);
  }

  /**
   * Takes the first weights of a new run from another run or model of networks with the same
   * shapes; its optimizer, step and seed are not taken. A run that has begun is not changed.
   *
   * @param modelOrRun a SavedModel folder (the generator alone) or a run folder (both networks)
   */
  public Experiment startFrom(Path modelOrRun) {
    from = Optional.of(new WarmStart(modelOrRun));
    return this;
  }

  /** Trains to the recipe's last step. */
  public Outcome train() {
    return train(() -> false);
  }

  /**
   * Trains to the recipe's last step or until asked to stop. Either way the state is in a
   * checkpoint, and the averaged generator in a SavedModel, when this returns.
   *
   * @param stop asked whenever the device stops, which is after a step or after a few, before
   *     anything of that step is logged
   */
  public Outcome train(BooleanSupplier stop) {
    return train(stop, AlarmPolicy.TELL);
  }

  /**
   * Trains, and also ends the run on alarms if {@code watch} says so.
   *
   * @param watch what to do about alarms
   */
  @SuppressWarnings("try") // the lock is only held
  public Outcome train(BooleanSupplier stop, AlarmPolicy watch) {
    long start = System.nanoTime();
    watch.requireHeard(recipe);
    // before the folder: a source or a recipe that is wrong leaves no run
    TaskData data = assembly.data();
    display.note(data.summary());
    watch.requireHeldOut(recipe, data);
    assembly.contest(data);
    assembly.previews(data); // refuses more samples than a picture holds
    assembly.hardware().requireDevice();
    if (recipe.evaluation().isOn()) {
      FeatureNetworks.check(recipe.evaluation().features());
    }
    folder.requireSound();
    try (RunLock lock = RunLock.take(folder.root())) {
      folder.clearUnfinishedStart();
      Optional<Checkpoint> last = checkpoints.latest();
      Resumption.requireSteps(folder, recipe, last);
      Resumption.requireSameGame(folder, recipe);
      OwnPartsFile.requireSame(folder, assembly.own());
      last.ifPresent(checkpoint -> Resumption.requireSameData(checkpoint, data));
      display.note(beginning(last));
      if (last.isPresent()) {
        Resumption.requireSameClasses(folder, data, assembly.classes(data));
      }
      RunInProcess run = new RunInProcess(context(), data, last, watch);
      Ending ending = run.train(stop, from);
      export(folder.savedModel());
      return run.outcome(ending, (System.nanoTime() - start) / 1e9);
    }
  }

  private RunContext context() {
    return new RunContext(recipe, folder, assembly, checkpoints, display, listeners);
  }

  private String beginning(Optional<Checkpoint> last) {
    return last.map(c -> "resuming at step " + c.manifest().step() + " in ").orElse("training in ")
        + folder.root();
  }

  /**
   * Writes the newest checkpoint's averaged generator as a SavedModel. The run's data is not
   * needed.
   *
   * @param target a new or empty folder, or a SavedModel to be replaced
   * @throws RecipeException if it is anything else
   */
  public void export(Path target) {
    export(target, GeneratorExport.Form.DEFAULT);
  }

  /** Exports the generator with the weights and the storage format that {@code form} selects. */
  public void export(Path target, GeneratorExport.Form form) {
    new RunExport(folder, assembly)
        .write(target, form, checkpoints::latest, "checkpoint to export");
  }

  /** Exports the generator of the checkpoint with the best score; the run must have been scored. */
  public void exportBest(Path target, GeneratorExport.Form form) {
    new RunExport(folder, assembly)
        .write(
            target,
            form,
            checkpoints::best,
            "checkpoint with a score; set evaluation.features to score a run while it is trained");
  }
}
