package org.sparring.experiment;

import java.util.Locale;
import org.sparring.data.ImageGeometry;
import org.sparring.data.ImageSource;
import org.sparring.data.ImageSources;
import org.sparring.data.Split;
import org.sparring.graph.Device;
import org.sparring.graph.NativeLibraries;
import org.sparring.graph.Seeds;
import org.sparring.graph.SessionOptions;
import org.sparring.inference.GeneratorExport;
import org.sparring.losses.AdversarialLoss;
import org.sparring.losses.Minimax;
import org.sparring.losses.NonSaturating;
import org.sparring.nets.Architecture;
import org.sparring.nets.Dcgan;
import org.sparring.nets.Latent;
import org.sparring.nets.Mlp;
import org.sparring.optimizers.Adam;
import org.sparring.optimizers.Alternating;
import org.sparring.optimizers.GameRule;
import org.sparring.optimizers.LearningRate;
import org.sparring.optimizers.Simultaneous;
import org.sparring.training.Contest;
import org.sparring.training.ResidentSamples;
import org.sparring.training.SampleOrder;
import org.sparring.training.StreamedSamples;
import org.sparring.training.StreamedSamples.Batches;
import org.sparring.training.TrainingGraph;
import org.tensorflow.ndarray.Shape;

/** Makes the parts of a run from its recipe. */
public final class Assembly {
  /** Bytes of pixels beyond which image files are streamed where the recipe leaves it open. */
  static final long LARGEST_RESIDENT = 1L << 30;

  private final Recipe recipe;

  public Assembly(Recipe recipe) {
    this.recipe = recipe;
  }

  /** Opens the data set that the recipe names. */
  public ImageSource source() {
    Recipe.Data data = recipe.data();
    return ImageSources.open(
        data.source(), data.side(), data.channels(), recipe.seed(), Split.TRAIN);
  }

  /** The game, for images of a geometry. */
  public Contest contest(ImageGeometry geometry) {
    Recipe.Optimizer optimizer = recipe.optimizer();
    return new Contest(
        architecture(geometry),
        latent(),
        loss(),
        rule(),
        adam(optimizer.learningRate()),
        adam(optimizer.discriminatorLearningRate()),
        recipe.ema().decay(),
        recipe.batch());
  }

  /** The graph of a run on a data set; one that is to live on the device is decoded meanwhile. */
  public TrainingGraph graph(ImageSource source) {
    boolean streamed = streams(source);
    ImageSource images = streamed ? source : new SourceAhead(source);
    SampleOrder order = new SampleOrder(new Seeds(recipe.seed()), source.size());
    NativeLibraries.load(session());
    return TrainingGraph.build(
        contest(source.geometry()),
        order.seeds(),
        (tf, step) ->
            streamed
                ? new StreamedSamples(tf, images, order, batches(), step)
                : new ResidentSamples(tf, images, order, recipe.batch()),
        recipe.samples().count());
  }

  /** Writes this run's generator as a SavedModel. */
  public GeneratorExport export(ImageGeometry geometry) {
    return new GeneratorExport(architecture(geometry)::generator, latent());
  }

  /** Refuses a GPU that is asked for by number and is not there. */
  void requireDevice() {
    SessionOptions session = session();
    String kind = session.device();
    if (kind.startsWith("gpu:")) {
      NativeLibraries.load(
          new SessionOptions(session.intraOpThreads(), session.interOpThreads(), "auto", true));
      long found = Device.list().stream().filter(Device::isGpu).count();
      RecipeException.require(
          Integer.parseInt(kind.substring("gpu:".length())) < found,
          "device.kind: expected a GPU that TensorFlow sees, found "
              + kind
              + " of "
              + found
              + "\n./sparring --gpu doctor says what is missing.");
    }
  }

  /** How the session uses the machine. */
  public SessionOptions session() {
    Recipe.Device device = recipe.device();
    return new SessionOptions(
        device.intraOpThreads(), device.interOpThreads(), device.kind(), true);
  }

  private Batches batches() {
    return new Batches(recipe.batch(), recipe.drawsPerStep());
  }

  private boolean streams(ImageSource source) {
    boolean files = source.files().isPresent();
    return switch (recipe.data().residence()) {
      case "stream" -> {
        RecipeException.require(
            files,
            "data.residence stream: expected a folder of image files, found "
                + source.name()
                + ", which is held in memory; unpack an archive, or set data.residence to device");
        yield true;
      }
      case "auto" -> files && source.size() * (long) source.geometry().bytes() > LARGEST_RESIDENT;
      default -> false;
    };
  }

  private Architecture architecture(ImageGeometry g) {
    Recipe.Net net = recipe.net();
    if (net.kind().equals("mlp")) {
      Shape sample = Shape.of(g.height(), g.width(), g.channels());
      return new Mlp(sample, net.width(), net.depth(), net.latent());
    }
    RecipeException.require(
        g.height() == g.width(),
        "net.kind dcgan: expected square images, found " + g + "; set data.side");
    return new Dcgan(g.height(), g.channels(), net.width(), net.latent());
  }

  private Latent latent() {
    String distribution = recipe.net().distribution().toUpperCase(Locale.ROOT);
    return new Latent(recipe.net().latent(), Latent.Distribution.valueOf(distribution));
  }

  private AdversarialLoss loss() {
    Recipe.Loss loss = recipe.loss();
    return loss.kind().equals("minimax")
        ? new Minimax(loss.halved())
        : new NonSaturating(loss.halved());
  }

  private GameRule rule() {
    Recipe.Game game = recipe.game();
    return game.rule().equals("simultaneous")
        ? new Simultaneous()
        : new Alternating(game.discriminatorSteps(), game.freshNoise());
  }

  private Adam adam(float rate) {
    Recipe.Optimizer optimizer = recipe.optimizer();
    return new Adam(
        rate(optimizer, rate), optimizer.beta1(), optimizer.beta2(), optimizer.epsilon());
  }

  private static LearningRate rate(Recipe.Optimizer optimizer, float rate) {
    return switch (optimizer.schedule()) {
      case "linear" -> LearningRate.linear(rate, optimizer.decaySteps());
      case "cosine" -> LearningRate.cosine(rate, optimizer.decaySteps());
      default -> LearningRate.constant(rate);
    };
  }
}
