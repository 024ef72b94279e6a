package org.sparring.runs;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.sparring.assembly.Assembly;
import org.sparring.assembly.TaskData;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.distributed.Cluster;
import org.sparring.distributed.Patience;
import org.sparring.distributed.Team;
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
import org.sparring.runfolders.RunPlan;
import org.sparring.telemetry.ProgressDisplay;
import org.sparring.training.TrainingListener;
import org.sparring.training.TrainingListener.Ending;

/**
 * Trains a recipe in a run folder, resumes the run, and exports its generator.
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
  private Optional<Team> team = Optional.empty();

  /** An experiment that shows its progress on standard error. */
  public Experiment(Recipe recipe, RunFolder folder) {
    this(recipe, folder, ProgressDisplay.open());
  }

  /**
   * @param recipe the recipe
   * @param folder folder of the run
   * @param display shows the progress
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
   * Returns a builder for an experiment with your own loss, networks, data, listeners or task.
   * Metrics, sample pictures, alarms, checkpoints, resume and export work as for Sparring's own
   * parts.
   */
  public static ExperimentBuilder builder(Recipe recipe) {
    return new ExperimentBuilder(recipe);
  }

  /**
   * Sets the initial weights of a new run to the weights of another run or model with networks of
   * the same shapes. The optimizer state, the step and the seed are not copied. Has no effect on a
   * run that has already begun.
   *
   * @param modelOrRun a SavedModel folder (for the generator only) or a run folder (for both
   *     networks)
   */
  public Experiment startFrom(Path modelOrRun) {
    from = Optional.of(new WarmStart(modelOrRun));
    return this;
  }

  /**
   * Trains together with other processes, one for each device. All of them run the same recipe,
   * whose minibatch they share. Listeners are called in the leading process alone. After a {@link
   * org.sparring.errors.WorkerLostException} the process must end.
   */
  public Experiment on(Cluster workers, Patience patience) {
    team = Optional.of(new Team(workers, patience));
    return this;
  }

  /** Trains to the recipe's last step. */
  public Outcome train() {
    return train(() -> false);
  }

  /**
   * Trains to the recipe's last step, or until {@code stop} returns true. In both cases the state
   * is saved in a checkpoint, and the averaged generator in a SavedModel, before this method
   * returns.
   *
   * @param stop called after every call of the device, which runs one or several steps, before the
   *     last of these steps is logged
   */
  public Outcome train(BooleanSupplier stop) {
    return train(stop, AlarmPolicy.REPORT);
  }

  /**
   * Trains, and also ends the run if an alarm is raised on which {@code watch} stops.
   *
   * @param stop called after every call of the device; returns whether to stop
   * @param watch determines the alarms that end the run
   */
  @SuppressWarnings("try") // held until the end of the block
  public Outcome train(BooleanSupplier stop, AlarmPolicy watch) {
    long start = System.nanoTime();
    watch.requireHeard(recipe);
    // before the folder is created, so that a wrong source or recipe leaves no run folder
    TaskData data = assembly.data();
    display.note(data.summary());
    watch.requireHeldOut(recipe, data);
    assembly.contest(data);
    assembly.previews(data); // throws if one picture cannot show all samples
    assembly.hardware().requireDevice();
    if (recipe.evaluation().isOn()) {
      FeatureNetworks.check(recipe.evaluation().features());
    }
    team.ifPresent(t -> assembly.requireShareable(t.cluster().workers().size()));
    team.ifPresent(this::start);
    if (team.isPresent() && !team.get().leads()) {
      return follow(team.get(), data, stop, start);
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
      last.flatMap(c -> new TeamRecord(folder).change(team)).ifPresent(display::note);
      if (last.isPresent()) {
        Resumption.requireSameClasses(folder, data, assembly.classes(data));
      }
      RunInProcess run = new RunInProcess(agreed(settled(data), data), data, last, watch);
      Ending ending = run.train(stop, from);
      export(folder.savedModel());
      return run.outcome(ending, (System.nanoTime() - start) / 1e9);
    }
  }

  /** Starts this worker and waits for the others. */
  private void start(Team workers) {
    assembly.hardware().prepare();
    workers.start(assembly.session().config());
  }

  private RunContext agreed(RunContext settled, TaskData data) {
    team.ifPresent(t -> new RollCall(t).before(recipe, settled.recipe(), data, assembly.own()));
    return settled;
  }

  /** Trains as a worker that does not lead. */
  private Outcome follow(Team workers, TaskData data, BooleanSupplier stop, long start) {
    Recipe settled = new RollCall(workers).before(recipe, recipe, data, assembly.own());
    return new FollowingRun(settled, assembly.of(settled), workers, data)
        .train(stop, folder.root().toString(), start);
  }

  /** The settings of the run, with what trials chose now or at its beginning. */
  private RunContext settled(TaskData data) {
    Recipe settled =
        folder.isBegun()
            ? Trials.settled(recipe, RunPlan.begun(folder))
            : Trials.settled(recipe, assembly, data, display);
    return context(settled, settled.equals(recipe) ? assembly : assembly.of(settled));
  }

  private RunContext context(Recipe settled, Assembly parts) {
    return new RunContext(settled, folder, parts, checkpoints, display, listeners, team);
  }

  private String beginning(Optional<Checkpoint> last) {
    return last.map(c -> "resuming at step " + c.manifest().step() + " in ").orElse("training in ")
        + folder.root();
  }

  /**
   * Writes the averaged generator of the newest checkpoint as a SavedModel. The data set is not
   * needed.
   *
   * @param target a new or empty folder, or a SavedModel to be replaced
   * @throws RecipeException if {@code target} is anything else
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
