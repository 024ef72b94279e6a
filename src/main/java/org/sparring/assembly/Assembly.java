package org.sparring.assembly;

import java.util.List;
import java.util.Optional;
import org.sparring.batches.MirroredSamples;
import org.sparring.batches.PointSamples;
import org.sparring.batches.ResidentSamples;
import org.sparring.batches.SampleOrder;
import org.sparring.batches.StreamedSamples;
import org.sparring.batches.StreamedSamples.Batches;
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
  /** Bytes of pixels beyond which image files are streamed where the recipe leaves it open. */
  static final long LARGEST_RESIDENT = 1L << 30;

  private final Recipe recipe;
  private final Hardware hardware;

  public Assembly(Recipe recipe) {
    Combinations.check(recipe);
    this.recipe = recipe;
    hardware = new Hardware(recipe);
  }

  /** Opens the data set that the recipe names. */
  public SampleSource source() {
    DataKeys data = recipe.data();
    Optional<PointSource> points = PointSources.named(data.source());
    if (points.isPresent()) {
      return new PointSet(points.get(), PointSet.PROTOCOL_SIZE, recipe.seed());
    }
    return ImageSources.open(
        data.source(), data.side(), data.channels(), recipe.seed(), Split.TRAIN, options(data));
  }

  /** How the recipe wants a folder read. */
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
        new PairTask(
            precisely(architectures().of(sample, classes)),
            latent(),
            Objectives.loss(recipe.loss()),
            Objectives.regularization(recipe.penalty(), recipe.augment())),
        Rules.of(recipe.game()),
        new GameSetup.Optimizers(
            optimizer(optimizer.learningRate()), optimizer(optimizer.discriminatorLearningRate())),
        recipe.ema().decay(),
        recipe.batch());
  }

  /** The shape of one sample. */
  public static Shape shape(SampleSource source) {
    if (source instanceof ImageSource images) {
      ImageGeometry g = images.geometry();
      return Shape.of(g.height(), g.width(), g.channels());
    }
    return Shape.of(2);
  }

  /** The graph of a run on a data set; one that is to live on the device is decoded meanwhile. */
  public TrainingGraph graph(SampleSource source) {
    SampleOrder order = new SampleOrder(new Seeds(recipe.seed()), source.size());
    hardware.prepare();
    TrainingGraph.SamplesMaker data =
        source instanceof PointSet points
            ? (tf, step) -> new PointSamples(tf, points, order, recipe.batch())
            : images((ImageSource) source, order);
    return TrainingGraph.build(
        contest(source),
        order.seeds(),
        data,
        new TrainingGraph.Views(previews(source).count(), probed(source)));
  }

  private TrainingGraph.SamplesMaker images(ImageSource source, SampleOrder order) {
    TrainingGraph.SamplesMaker plain = plain(source, order);
    return recipe.data().mirror()
        ? (tf, step) -> new MirroredSamples(plain.make(tf, step), order.seeds(), recipe.batch())
        : plain;
  }

  private TrainingGraph.SamplesMaker plain(ImageSource source, SampleOrder order) {
    if (streams(source)) {
      return (tf, step) -> new StreamedSamples(tf, source, order, batches(), step);
    }
    ImageSource ahead = new SourceAhead(source);
    return (tf, step) -> new ResidentSamples(tf, ahead, order, recipe.batch());
  }

  /** What meters are measured on, unless they are off. */
  private Optional<ProbeSet> probed(SampleSource source) {
    return recipe.meters().steps() == 0
        ? Optional.empty()
        : Optional.of(new ProbeSamples(recipe).of(source));
  }

  /**
   * Writes this run's generator as a SavedModel.
   *
   * @param labelNames of the classes; empty where they have none but their numbers
   */
  public GeneratorExport export(Shape sample, int classes, List<String> labelNames) {
    return new GeneratorExport(
        architectures().of(sample, classes)::generator, latent(), labelNames);
  }

  /**
   * How many classes the recipe's pair tells apart: 0 where it uses no labels.
   *
   * @throws DataException if it does and the samples have none
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
          "Put each class into a folder of its own, or set labels.kind to none.");
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

  private Batches batches() {
    return new Batches(recipe.batch(), recipe.drawsPerStep());
  }

  private boolean streams(ImageSource source) {
    return switch (recipe.data().residence()) {
      case AUTO ->
          source.files().isPresent()
              && source.size() * (long) source.geometry().bytes() > LARGEST_RESIDENT;
      case DEVICE -> false;
      case STREAM -> true;
    };
  }

  private Latent latent() {
    Latent.Distribution distribution =
        switch (recipe.net().distribution()) {
          case NORMAL -> Latent.Distribution.NORMAL;
          case UNIFORM -> Latent.Distribution.UNIFORM;
        };
    return new Latent(recipe.net().latent(), distribution);
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
