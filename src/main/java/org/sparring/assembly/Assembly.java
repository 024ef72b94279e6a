package org.sparring.assembly;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparring.data.ImageOptions;
import org.sparring.data.ImageSource;
import org.sparring.data.PointSet;
import org.sparring.data.PointSource;
import org.sparring.data.PointSources;
import org.sparring.data.SampleSource;
import org.sparring.data.Split;
import org.sparring.datasets.ImageSources;
import org.sparring.errors.DataException;
import org.sparring.errors.RecipeException;
import org.sparring.graph.Seeds;
import org.sparring.inference.GeneratorExport;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.Architecture;
import org.sparring.nets.Latent;
import org.sparring.nets.MixedPrecision;
import org.sparring.optimizers.Adam;
import org.sparring.optimizers.GradientDescent;
import org.sparring.optimizers.LearningRate;
import org.sparring.optimizers.Optimizer;
import org.sparring.pictures.ImageGeometry;
import org.sparring.recipes.Combinations;
import org.sparring.recipes.DataKeys;
import org.sparring.recipes.OptimizerKeys;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.Rules;
import org.sparring.tasks.GameSetup;
import org.sparring.tasks.PairTask;
import org.sparring.tasks.ProbeSet;
import org.sparring.telemetry.ImageGrid;
import org.sparring.training.TrainingGraph;
import org.tensorflow.ndarray.Shape;

/** Makes the parts of a run from its recipe. */
public final class Assembly {
  private final Recipe recipe;
  private final OwnParts own;
  private final Hardware hardware;

  /** All parts as the recipe says. */
  public Assembly(Recipe recipe) {
    this(recipe, OwnParts.NONE);
  }

  /** Some parts from a program. */
  public Assembly(Recipe recipe, OwnParts own) {
    Combinations.check(recipe);
    this.recipe = recipe;
    this.own = own;
    hardware = new Hardware(recipe);
  }

  /** Parts that a program gave in place of the recipe's. */
  public OwnParts own() {
    return own;
  }

  /** Opens the data set that the recipe names, unless a program gave its own. */
  public SampleSource source() {
    if (own.data().size() == 1) {
      return own.data().values().iterator().next();
    }
    return own.data().isEmpty() ? opened() : new TaskSources(own.data());
  }

  private SampleSource opened() {
    DataKeys data = recipe.data();
    Optional<PointSource> points = PointSources.named(data.source());
    if (points.isPresent()) {
      return new PointSet(points.get(), PointSet.PROTOCOL_SIZE, recipe.seed());
    }
    return ImageSources.open(
        data.source(), data.side(), data.channels(), recipe.seed(), Split.TRAIN, options(data));
  }

  /** How the recipe reads a folder. */
  public static ImageOptions options(DataKeys data) {
    return new ImageOptions(data.skipBad(), data.heldOut(), data.orientation());
  }

  /** The game for samples of a source. */
  public GameSetup contest(SampleSource source) {
    return contest(shape(source), classes(source));
  }

  /**
   * The game, for samples of a shape: (height, width, channels) or (2).
   *
   * @param classes that they have; read only where the recipe uses labels
   */
  public GameSetup contest(Shape sample, int classes) {
    OptimizerKeys optimizer = recipe.optimizer();
    return new GameSetup(
        own.task().orElseGet(() -> pair(sample, classes)),
        Rules.of(recipe.game()),
        new GameSetup.Optimizers(
            optimizer(optimizer.learningRate()),
            optimizer(optimizer.discriminatorLearningRate()),
            optimizer.clipNorm()),
        recipe.ema().decay(),
        recipe.batch());
  }

  private PairTask pair(Shape sample, int classes) {
    Architecture networks = networks(sample, classes);
    return new PairTask(
        precisely(networks),
        latent(networks),
        own.loss().orElseGet(() -> Objectives.loss(recipe.loss())),
        Objectives.regularization(recipe.penalty(), recipe.augment()));
  }

  private Architecture networks(Shape sample, int classes) {
    return own.networks().orElseGet(() -> architectures().of(sample, classes));
  }

  /** Whether V and the estimates made from it mean something for the run's loss. */
  public boolean logitIsLogOdds() {
    return own.task().isEmpty()
        && own.loss().orElseGet(() -> Objectives.loss(recipe.loss())).logitIsLogOdds();
  }

  /** The shape of one sample; of several sources, that of the first. */
  public static Shape shape(SampleSource source) {
    if (source instanceof TaskSources several) {
      return shape(several.first());
    }
    if (source instanceof ImageSource images) {
      ImageGeometry g = images.geometry();
      return Shape.of(g.height(), g.width(), g.channels());
    }
    return Shape.of(2);
  }

  /** The graph of a run on a data set; one that is to live on the device is decoded meanwhile. */
  public TrainingGraph graph(SampleSource source) {
    hardware.prepare();
    GameSetup setup = contest(source);
    Map<String, TrainingGraph.SamplesMaker> data = new LinkedHashMap<>();
    for (String name : setup.task().sources()) {
      SampleSource one = source instanceof TaskSources several ? several.get(name) : source;
      data.put(name, samples().of(name, one));
    }
    return TrainingGraph.build(
        setup,
        new Seeds(recipe.seed()),
        data,
        new TrainingGraph.Views(previews(source).count(), probed(source)));
  }

  private SamplesInGraph samples() {
    return new SamplesInGraph(recipe);
  }

  /** What meters are measured on, unless they are off. */
  private Optional<ProbeSet> probed(SampleSource source) {
    return recipe.meters().steps() == 0 || own.task().isPresent()
        ? Optional.empty()
        : Optional.of(new ProbeSamples(recipe).of(source));
  }

  /**
   * Writes this run's generator as a SavedModel.
   *
   * @param labelNames of the classes; empty where they have none but their numbers
   */
  public GeneratorExport export(Shape sample, int classes, List<String> labelNames) {
    Architecture networks = networks(sample, classes);
    return new GeneratorExport(networks::generator, latent(networks), labelNames);
  }

  /**
   * Returns the number of classes that the recipe's networks are conditioned on; 0 if it uses no
   * labels.
   *
   * @throws DataException if the recipe uses labels and the samples have none
   */
  public int classes(SampleSource source) {
    if (!recipe.labels().areUsed()) {
      return 0;
    }
    int classes = source instanceof ImageSource images ? images.classes() : 0;
    if (classes < 2) {
      String found =
          classes == 1
              ? "one class"
              : source instanceof ImageSource images
                  ? images.unlabelled()
                  : "samples without labels";
      throw DataException.in(
          source.name(),
          "samples of 2 classes or more for labels.kind " + recipe.labels().kind().label(),
          found,
          "Put each class into its own folder, or set labels.kind to none.");
    }
    return classes;
  }

  /** The grid of samples that a run shows: of a conditional pair a row a class. */
  public Previews previews(SampleSource source) {
    int rows =
        source instanceof ImageSource images
            ? ImageGrid.mostInALine(images.geometry().height(), images.geometry().width())
            : 0;
    Previews previews = Previews.of(recipe.samples().count(), classes(source), rows);
    int picturesRows = (previews.count() + previews.columns() - 1) / previews.columns();
    RecipeException.require(
        rows == 0 || Math.max(picturesRows, previews.columns()) <= rows,
        "samples.count: expected at most "
            + (long) rows * rows
            + " images of this size, which one picture holds, found "
            + recipe.samples().count());
    return previews;
  }

  private Architecture precisely(Architecture pair) {
    return switch (recipe.device().precision()) {
      case FLOAT32, TF32 -> pair;
      case MIXED_BFLOAT16 -> new MixedPrecision(pair);
    };
  }

  private Architectures architectures() {
    return new Architectures(recipe.net(), recipe.labels());
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

  private Latent latent(Architecture networks) {
    Latent.Distribution distribution =
        switch (recipe.net().distribution()) {
          case NORMAL -> Latent.Distribution.NORMAL;
          case UNIFORM -> Latent.Distribution.UNIFORM;
        };
    return new Latent(networks.latent(), distribution);
  }

  private Optimizer optimizer(float rate) {
    OptimizerKeys optimizer = recipe.optimizer();
    LearningRate schedule = rate(optimizer, rate);
    return switch (optimizer.kind()) {
      case ADAM -> new Adam(schedule, optimizer.beta1(), optimizer.beta2(), optimizer.epsilon());
      case SGD -> new GradientDescent(schedule);
    };
  }

  private static LearningRate rate(OptimizerKeys optimizer, float rate) {
    return switch (optimizer.schedule()) {
      case CONSTANT -> LearningRate.constant(rate);
      case LINEAR -> LearningRate.linear(rate, optimizer.decaySteps());
      case COSINE -> LearningRate.cosine(rate, optimizer.decaySteps());
    };
  }
}
