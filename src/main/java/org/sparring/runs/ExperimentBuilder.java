package org.sparring.runs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparring.assembly.Assembly;
import org.sparring.assembly.OwnParts;
import org.sparring.data.Dataset;
import org.sparring.errors.RecipeException;
import org.sparring.losses.AdversarialLoss;
import org.sparring.nets.Architecture;
import org.sparring.recipes.Recipe;
import org.sparring.runfolders.RunFolder;
import org.sparring.tasks.Task;
import org.sparring.telemetry.ProgressDisplay;
import org.sparring.training.TrainingListener;

/** Builds an experiment from a recipe and parts supplied by the calling program. */
public final class ExperimentBuilder {
  private final Recipe recipe;
  private final Map<String, Dataset> data = new LinkedHashMap<>();
  private final List<TrainingListener> listeners = new ArrayList<>();
  private Optional<Architecture> networks = Optional.empty();
  private Optional<AdversarialLoss> loss = Optional.empty();
  private Optional<Task> task = Optional.empty();
  private boolean silent;

  ExperimentBuilder(Recipe recipe) {
    this.recipe = recipe;
  }

  /** Trains on these samples instead of {@code data.source}. */
  public ExperimentBuilder data(Dataset source) {
    return data(Task.DATA, source);
  }

  /**
   * Sets the samples of one source of a task.
   *
   * @param name one of {@link Task#sources}
   */
  public ExperimentBuilder data(String name, Dataset source) {
    data.put(name, source);
    return this;
  }

  /** Trains these networks instead of {@code net.kind}. */
  public ExperimentBuilder networks(Architecture own) {
    networks = Optional.of(own);
    return this;
  }

  /** Trains with this loss instead of {@code loss.kind}. */
  public ExperimentBuilder loss(AdversarialLoss own) {
    loss = Optional.of(own);
    return this;
  }

  /** Trains this task instead of a generator and a discriminator. */
  public ExperimentBuilder task(Task own) {
    task = Optional.of(own);
    return this;
  }

  /** Calls this listener during training, before Sparring's own listeners. */
  public ExperimentBuilder listener(TrainingListener own) {
    listeners.add(own);
    return this;
  }

  /** Shows no progress; notes such as alarms are still printed to standard error. */
  public ExperimentBuilder silent() {
    silent = true;
    return this;
  }

  /**
   * Returns the experiment.
   *
   * @param folder folder of the run: new, or of a run that was begun with the same parts
   * @throws RecipeException if the parts cannot be combined
   */
  public Experiment in(Path folder) {
    RecipeException.require(
        task.isEmpty() || (networks.isEmpty() && loss.isEmpty()),
        "expected a task, or networks and a loss of a pair, found both");
    task.ifPresent(
        own ->
            RecipeException.require(
                List.copyOf(data.keySet()).equals(own.sources()),
                "expected data for the sources " + own.sources() + ", found " + data.keySet()));
    return new Experiment(
        new Assembly(recipe, new OwnParts(data, networks, loss, task)),
        recipe,
        new RunFolder(folder),
        silent ? ProgressDisplay.silent() : ProgressDisplay.open(),
        listeners);
  }
}
