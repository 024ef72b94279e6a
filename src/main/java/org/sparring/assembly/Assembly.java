package org.sparring.assembly;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparring.data.ClassLabels;
import org.sparring.data.Dataset;
import org.sparring.data.Field;
import org.sparring.data.ImageOptions;
import org.sparring.data.PointSet;
import org.sparring.data.PointSource;
import org.sparring.data.PointSources;
import org.sparring.errors.DataException;
import org.sparring.errors.RecipeException;
import org.sparring.graph.Seeds;
import org.sparring.inference.GeneratorExport;
import org.sparring.layers.Bfloat16;
import org.sparring.natives.SessionOptions;
import org.sparring.recipes.Combinations;
import org.sparring.recipes.DataKeys;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.Rules;
import org.sparring.replicas.Exchange;
import org.sparring.tasks.GameSetup;
import org.sparring.tasks.ProbeSet;
import org.sparring.tasks.Task;
import org.sparring.telemetry.ImageGrid;
import org.sparring.training.TrainingGraph;
import org.tensorflow.ndarray.Shape;

/** Makes the parts of a run from its recipe. */
public final class Assembly {
  /** Images of a data set that a run from images to images shows. */
  private static final int SHOWN = 8;

  private final Recipe recipe;
  private final OwnParts own;
  private final Hardware hardware;
  private final RecipeTask task;
  private final Exchange devices;

  /** All parts as the recipe says. */
  public Assembly(Recipe recipe) {
    this(recipe, OwnParts.NONE);
  }

  /** Some parts from a program. */
  public Assembly(Recipe recipe, OwnParts own) {
    this(recipe, own, Exchange.NONE);
  }

  private Assembly(Recipe recipe, OwnParts own, Exchange devices) {
    Combinations.check(recipe);
    this.recipe = recipe;
    this.own = own;
    hardware = new Hardware(recipe);
    task = new RecipeTask(recipe, own, hardware);
    this.devices = devices;
  }

  /**
   * The parts of one device of several that train together. The recipe's minibatch is that of all
   * of them.
   *
   * @throws RecipeException if the minibatch cannot be shared equally
   */
  public Assembly on(Exchange devices) {
    requireShareable(devices.replica().count());
    return new Assembly(recipe, own, devices);
  }

  /** Throws if this number of devices cannot share the recipe's minibatch equally. */
  public void requireShareable(int count) {
    int shares = count * recipe.net().packing();
    String found = " for " + count + " workers, found " + recipe.batch();
    RecipeException.require(
        recipe.batch() % shares == 0,
        "batch: expected a multiple of " + shares + " (workers times net.packing)" + found);
  }

  /** The parts of another recipe, with the same parts from a program. */
  public Assembly of(Recipe other) {
    return new Assembly(other, own, devices);
  }

  /**
   * Returns whether bfloat16 can be faster: for the recipe's networks and on a device that computes
   * with more than TensorFlow's own kernels.
   */
  public boolean canBeFasterInBfloat16() {
    return task.isPair() && (!hardware.isCpu() || hardware.isByOneDnn());
  }

  /**
   * Returns whether another form of convolutions can be faster: for the recipe's networks, on a CPU
   * by oneDNN, with float32 activations.
   */
  public boolean canHaveOtherConvolutions() {
    return task.isPair() && hardware.isCpu() && hardware.isByOneDnn() && isFull();
  }

  /** Whether activations are float32. */
  private boolean isFull() {
    return !recipe.device().isMixed() || hardware.bfloat16() == Bfloat16.ROUNDED;
  }

  /** Parts that a program gave in place of the recipe's. */
  public OwnParts own() {
    return own;
  }

  /** Opens the data set that the recipe names, unless a program gave its own. */
  public TaskData data() {
    return own.data().isEmpty() ? opened() : new TaskData(own.data());
  }

  private TaskData opened() {
    Optional<PointSource> points = PointSources.named(recipe.data().source());
    if (points.isPresent()) {
      return TaskData.of(new PointSet(points.get(), PointSet.PROTOCOL_SIZE, recipe.seed()));
    }
    return OpenedImages.of(recipe);
  }

  /** How the recipe reads a folder. */
  public static ImageOptions options(DataKeys data) {
    return new ImageOptions(data.skipBad(), data.heldOut(), data.orientation(), data.groupBy());
  }

  /** The game for the samples of a run. */
  public GameSetup contest(TaskData data) {
    task.require(data);
    return contest(shape(data.first()), classes(data));
  }

  /**
   * The game, for samples of a shape: (height, width, channels) or (2).
   *
   * @param classes that they have; read only where the recipe uses labels
   */
  public GameSetup contest(Shape sample, int classes) {
    return new GameSetup(
        task.of(sample, classes),
        Rules.of(recipe.game()),
        RecipeOptimizers.of(recipe, hardware.isGpu()),
        recipe.ema().decay(),
        recipe.batch() / devices.replica().count(),
        devices);
  }

  /** Whether V and the estimates made from it mean something for the run's loss. */
  public boolean logitIsLogOdds() {
    return task.isPair()
        && own.loss().orElseGet(() -> Objectives.loss(recipe.loss())).logitIsLogOdds();
  }

  /** The shape of one sample of a data set, without the batch. */
  public static Shape shape(Dataset dataset) {
    return Shape.of(dataset.sample().shape().stream().mapToLong(Integer::longValue).toArray());
  }

  /** The graph of a run with one source. */
  public TrainingGraph graph(Dataset dataset) {
    return graph(TaskData.of(dataset));
  }

  /** The graph of a run on its data; data that is to lie on the device is read meanwhile. */
  public TrainingGraph graph(TaskData data) {
    hardware.prepare();
    GameSetup setup = contest(data);
    Task task = setup.task();
    Map<String, TrainingGraph.SamplesMaker> makers = new LinkedHashMap<>();
    for (String name : task.sources()) {
      makers.put(
          name,
          new SamplesInGraph(recipe, devices.replica())
              .of(name, data.get(name), task.fields(name)));
    }
    TrainingGraph.Views views = views(data, task);
    Patches patches = new Patches(recipe.device().patched());
    patches.requireDevice(hardware);
    TrainingGraph graph = TrainingGraph.build(setup, new Seeds(recipe.seed()), makers, views);
    if (isFull()) {
      patches.requireLayers(graph.graph());
    }
    return graph;
  }

  private TrainingGraph.Views views(TaskData data, Task made) {
    int count = previews(data).count();
    if (!recipe.task().isTranslation()) {
      return new TrainingGraph.Views(count, probed(data));
    }
    int samples = Math.max(count, recipe.meters().samples());
    return new TrainingGraph.Views(
        count,
        recipe.meters().steps() == 0 ? Optional.empty() : Optional.of(ProbeSet.EMPTY),
        FixedPictures.of(data, made, samples));
  }

  /** What meters are measured on, unless they are off. */
  private Optional<ProbeSet> probed(TaskData data) {
    return recipe.meters().steps() == 0 || !task.isPair()
        ? Optional.empty()
        : Optional.of(new ProbeSamples(recipe).of(data.first()));
  }

  /** The task, where its model is exported by its functions; empty for a pair. */
  public Optional<Task> functions(Shape sample) {
    return task.functions(sample);
  }

  /**
   * Writes this run's generator as a SavedModel.
   *
   * @param labelNames of the classes; empty where they have none but their numbers
   */
  public GeneratorExport export(Shape sample, int classes, List<String> labelNames) {
    return task.export(sample, classes, labelNames);
  }

  /**
   * Returns the number of classes that the recipe's networks are conditioned on; 0 if it uses no
   * labels.
   *
   * @throws DataException if the recipe uses labels and the samples have none
   */
  public int classes(TaskData data) {
    if (!recipe.labels().areUsed()) {
      return 0;
    }
    Dataset dataset = data.first();
    int classes = ClassLabels.classes(dataset);
    if (classes < 2) {
      throw DataException.in(
          dataset.name(),
          "samples of 2 classes or more for labels.kind " + recipe.labels().kind().label(),
          classes == 1 ? "one class" : dataset.unlabelled(),
          "Put each class into its own folder, or set labels.kind to none.");
    }
    return classes;
  }

  /** The grid of samples that a run shows: of a conditional pair a row a class. */
  public Previews previews(TaskData data) {
    Field sample = data.first().sample();
    int rows =
        sample.isImage()
            ? ImageGrid.mostInALine(sample.geometry().height(), sample.geometry().width())
            : 0;
    if (recipe.task().isTranslation()) {
      // a row of each kind of picture
      int columns = Math.min(Math.min(recipe.samples().count(), SHOWN), rows);
      return new Previews(columns, columns);
    }
    Previews previews = Previews.of(recipe.samples().count(), classes(data), rows);
    int picturesRows = (previews.count() + previews.columns() - 1) / previews.columns();
    RecipeException.require(
        rows == 0 || Math.max(picturesRows, previews.columns()) <= rows,
        "samples.count: expected at most "
            + (long) rows * rows
            + " images of this size, which one picture holds, found "
            + recipe.samples().count());
    return previews;
  }

  /** Where and how the run computes. */
  public Hardware hardware() {
    return hardware;
  }

  /**
   * How the session uses the machine.
   *
   * @throws RecipeException if it is to be compiled and the machine lacks what that needs
   */
  public SessionOptions session() {
    return hardware.session();
  }
}
