package org.sparring.recipes;

import static org.sparring.errors.RecipeException.require;
import static org.sparring.errors.RecipeException.requireAtLeast;
import static org.sparring.errors.RecipeException.requireAtMost;
import static org.sparring.errors.RecipeException.requireBelowOne;
import static org.sparring.errors.RecipeException.requireNotNegative;
import static org.sparring.errors.RecipeException.requireOneOf;
import static org.sparring.errors.RecipeException.requirePositive;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Set;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.MixedPrecision;
import org.sparring.optimizers.Adam;
import org.sparring.training.StepsPerCall;

/**
 * All numbers of a run. A recipe file names only what differs from {@link #DEFAULT}; a default
 * exists there and nowhere else. Keys are the components' names in snake case, joined by dots:
 * {@code optimizer.learning_rate}.
 *
 * @param data what is learned
 * @param net the two networks
 * @param labels what the pair does with the classes of its samples
 * @param loss what each player minimises
 * @param penalty what keeps the discriminator smooth
 * @param augment what samples go through before the discriminator sees them
 * @param game who moves when
 * @param optimizer how a player moves
 * @param batch real images a draw, at least 1
 * @param steps of the whole run, resumed ones included, at least 1
 * @param seed of everything random
 * @param ema the average of the generator's weights
 * @param checkpoint when the state is written and how much of it stays
 * @param samples when a grid of samples is written
 * @param log when scalars are written
 * @param meters when the game is measured beside its training
 * @param evaluation when the averaged generator is scored beside its training
 * @param device where it runs
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Recipe(
    Data data,
    Net net,
    Labels labels,
    Loss loss,
    Penalty penalty,
    Augment augment,
    Game game,
    Optimizer optimizer,
    int batch,
    long steps,
    long seed,
    Ema ema,
    CheckpointPolicy checkpoint,
    Samples samples,
    Log log,
    Meters meters,
    EvaluationPolicy evaluation,
    Device device) {

  /** More images than any device holds activations for. */
  private static final int MOST_BATCH = 1 << 20;

  /** What a recipe does not name. */
  public static final Recipe DEFAULT =
      new Recipe(
          new Data("glyphs", 32, 1, "auto", false, 0, false, true),
          new Net("dcgan", 64, 0, 2, 100, "normal", "auto", 1),
          new Labels("none", 32),
          new Loss("non-saturating", false, 0),
          new Penalty("none", 10, 1, 0.1f, 0),
          new Augment(Augment.NONE, 1, 0, 500),
          new Game("alternating", 1, false, 1, 5, 0.5f, 5),
          new Optimizer(
              "adam",
              Adam.DEFAULT_LEARNING_RATE,
              Adam.DEFAULT_LEARNING_RATE,
              Adam.DEFAULT_BETA1,
              Adam.DEFAULT_BETA2,
              Adam.DEFAULT_EPSILON,
              "constant",
              0),
          64,
          2000,
          1,
          new Ema(0.999f),
          new CheckpointPolicy(500, 10, 3),
          new Samples(200, 64),
          new Log(20),
          new Meters(50, 64),
          new EvaluationPolicy("none", 100, 5000, "fid", false),
          new Device("auto", 0, 0, 0, Device.TF32, Device.OFF, Device.AUTO));

  public Recipe {
    requireAtLeast("batch", batch, 1);
    requireAtMost("batch", batch, MOST_BATCH);
    requireAtLeast("steps", steps, 1);
  }

  /** Batches of real samples that a step shows. */
  public int drawsPerStep() {
    return Rules.of(game).draws();
  }

  /**
   * @param source {@code glyphs}, {@code mnist:DIR}, {@code fashion-mnist:DIR}, {@code
   *     cifar10:DIR}, {@code stacked-mnist:DIR}, {@code folder:DIR_OR_ARCHIVE} and the others of
   *     {@link org.sparring.data.ImageSources}, or points: {@code ring}, {@code grid}
   * @param side of the square images; 0 is the source's own
   * @param channels 1 to 4; 0 is the source's own
   * @param residence {@code device} (the whole set lives there), {@code stream} (read while
   *     training), or {@code auto} (streamed only where it does not fit)
   * @param mirror whether half of the images are shown left for right
   * @param heldOut share of a folder's images that is never trained on, in [0, 1); a folder with
   *     {@code train/} and {@code test/} needs none
   * @param skipBad whether encoded images that cannot be decoded are left out; else they are
   *     refused
   * @param orientation whether images of a folder are turned as their EXIF orientation says
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Data(
      String source,
      int side,
      int channels,
      String residence,
      boolean mirror,
      double heldOut,
      boolean skipBad,
      boolean orientation) {
    private static final int MOST_CHANNELS = 4;

    public Data {
      requireAtLeast("data.side", side, 0);
      require(
          channels >= 0 && channels <= MOST_CHANNELS,
          "data.channels: expected 1 to 4, or 0 for the source's own, found " + channels);
      requireOneOf("data.residence", residence, "auto", "device", "stream");
      require(
          heldOut >= 0 && heldOut < 1,
          "data.held_out: expected a share from 0 to below 1, found " + heldOut);
    }
  }

  /**
   * @param kind {@code dcgan}, {@code dcgan5} (5×5 kernels), {@code sndcgan} and {@code resnet}
   *     (spectrally normalised), {@code r3} (residual, without normalisation), {@code mlp} or
   *     {@code maxout-mlp}
   * @param width channels of the largest hidden map, of the smallest in a {@code resnet} and an
   *     {@code r3}, or units of a hidden layer; 1 to 4096
   * @param discriminatorWidth the same of the discriminator; 0 is the net's own
   * @param depth hidden layers of an mlp, blocks at each side of an {@code r3}, blocks behind the
   *     last halving of a {@code resnet}; a dcgan's depth follows from the side
   * @param latent length of z, 1 to 65536
   * @param distribution of z: {@code normal} or {@code uniform}
   * @param discriminatorNorm {@code auto} (the net's own), {@code batch}, {@code none} or {@code
   *     spectral}
   * @param packing samples that the discriminator judges at once, at least 1
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Net(
      String kind,
      int width,
      int discriminatorWidth,
      int depth,
      int latent,
      String distribution,
      String discriminatorNorm,
      int packing) {
    private static final int MOST_WIDTH = 4096;
    private static final int MOST_LATENT = 65_536;
    private static final int MOST_DEPTH = 64;

    public Net {
      requireOneOf(
          "net.kind", kind, "dcgan", "dcgan5", "sndcgan", "resnet", "r3", "mlp", "maxout-mlp");
      requireAtLeast("net.width", width, 1);
      requireAtMost("net.width", width, MOST_WIDTH);
      requireAtLeast("net.discriminator_width", discriminatorWidth, 0);
      requireAtMost("net.discriminator_width", discriminatorWidth, MOST_WIDTH);
      requireAtLeast("net.depth", depth, 1);
      requireAtMost("net.depth", depth, MOST_DEPTH);
      requireAtLeast("net.latent", latent, 1);
      requireAtMost("net.latent", latent, MOST_LATENT);
      requireOneOf("net.distribution", distribution, "normal", "uniform");
      requireOneOf(
          "net.discriminator_norm", discriminatorNorm, "auto", "batch", "none", "spectral");
      requireAtLeast("net.packing", packing, 1);
    }
  }

  /**
   * @param kind {@code none}, {@code projection} (the discriminator is told the class) or {@code
   *     auxiliary} (it says which class it sees)
   * @param embedding length of the vector by which the generator is told a class, 1 to 4096
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Labels(String kind, int embedding) {
    private static final int LONGEST = 4096;

    public Labels {
      requireOneOf("labels.kind", kind, "none", "projection", "auxiliary");
      requireAtLeast("labels.embedding", embedding, 1);
      requireAtMost("labels.embedding", embedding, LONGEST);
    }

    public boolean areUsed() {
      return !kind.equals("none");
    }
  }

  /**
   * @param kind {@code non-saturating}, {@code minimax} (the saturating zero-sum loss), {@code
   *     least-squares}, {@code hinge}, {@code wasserstein}, {@code relativistic-pairing} or {@code
   *     relativistic-average}
   * @param halved whether the discriminator's loss carries the factor ½; of minimax, both losses do
   * @param smoothing α of one-sided label smoothing, in [0, 1): real samples have the target 1 − α
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Loss(String kind, boolean halved, float smoothing) {
    public Loss {
      requireOneOf(
          "loss.kind",
          kind,
          "non-saturating",
          "minimax",
          "least-squares",
          "hinge",
          "wasserstein",
          "relativistic-pairing",
          "relativistic-average");
      requireBelowOne("loss.smoothing", smoothing);
    }
  }

  /**
   * @param kind {@code none}, {@code r1}, {@code r2}, {@code r1+r2}, {@code gradient-penalty} or
   *     {@code dragan}
   * @param weight γ of R1 and R2, λ of the others; 0 or more
   * @param every steps from one paid penalty to the next, each then weighing so many times more
   * @param perturbation c of DRAGAN, the variance of the noise that it adds to real samples
   * @param clip c, to which the discriminator's weights are cut after each move; 0 for none
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Penalty(String kind, float weight, int every, float perturbation, float clip) {
    public Penalty {
      requireOneOf("penalty.kind", kind, "none", "r1", "r2", "r1+r2", "gradient-penalty", "dragan");
      requireNotNegative("penalty.weight", weight);
      requireAtLeast("penalty.every", every, 1);
      requireNotNegative("penalty.perturbation", perturbation);
      requireNotNegative("penalty.clip", clip);
    }

    @JsonIgnore
    public boolean isPaid() {
      return !kind.equals("none") && weight > 0;
    }
  }

  /**
   * @param kind {@code none}, or some of {@code color}, {@code translation} and {@code cutout}
   *     joined by plus signs, applied in this order
   * @param probability p of each for each sample, in [0, 1]
   * @param target of E[sign D(x)], which p then follows from 0 on; 0 for a p that stays
   * @param kimg thousands of real images in which p can go from 0 to 1
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Augment(String kind, float probability, float target, double kimg) {
    private static final String NONE = "none";
    private static final String[] KINDS = {NONE, "color", "translation", "cutout"};
    private static final String[] JOINED = {"color", "translation", "cutout"};

    public Augment {
      for (String part : parts(kind)) {
        requireOneOf("augment.kind", part, part.equals(kind) ? KINDS : JOINED);
      }
      require(
          parts(kind).size() == Set.copyOf(parts(kind)).size(),
          "augment.kind: expected each kind once, found '" + kind + "'");
      require(
          probability >= 0 && probability <= 1,
          "augment.probability: expected 0 to 1, found " + probability);
      requireBelowOne("augment.target", target);
      requirePositive("augment.kimg", (float) kimg);
    }

    /** The kinds by their names; empty for none. */
    public List<String> kinds() {
      return parts(kind);
    }

    private static List<String> parts(String kind) {
      return kind.equals(NONE) ? List.of() : List.of(kind.split("\\+", -1));
    }
  }

  /**
   * @param rule {@code alternating}, {@code simultaneous}, {@code extra-gradient}, {@code
   *     extra-gradient-past}, {@code optimistic}, {@code lookahead}, {@code consensus}, {@code
   *     symplectic} or {@code unrolled}
   * @param discriminatorSteps k of the alternating rule, lookahead's too
   * @param freshNoise whether the alternating generator draws its own noise
   * @param strength γ of consensus, λ of the symplectic adjustment
   * @param lookaheadSteps from one look back to the next, at least 2
   * @param lookaheadShare α of a look back, in (0, 1]
   * @param unrolledSteps updates of the discriminator that the generator looks ahead
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Game(
      String rule,
      int discriminatorSteps,
      boolean freshNoise,
      float strength,
      int lookaheadSteps,
      float lookaheadShare,
      int unrolledSteps) {
    /** Each is a copy of the discriminator's update in the graph, which takes seconds to build. */
    private static final int MOST_COPIES = 64;

    public Game {
      requireOneOf("game.rule", rule, Rules.NAMES);
      requireAtLeast("game.discriminator_steps", discriminatorSteps, 1);
      requireAtMost("game.discriminator_steps", discriminatorSteps, MOST_COPIES);
      requirePositive("game.strength", strength);
      requireAtLeast("game.lookahead_steps", lookaheadSteps, 2);
      requirePositive("game.lookahead_share", lookaheadShare);
      require(
          lookaheadShare <= 1, "game.lookahead_share: expected at most 1, found " + lookaheadShare);
      requireAtLeast("game.unrolled_steps", unrolledSteps, 1);
      requireAtMost("game.unrolled_steps", unrolledSteps, MOST_COPIES);
    }
  }

  /**
   * @param kind {@code adam}, or {@code sgd}: plain gradient descent
   * @param learningRate of the generator
   * @param discriminatorLearningRate of the discriminator
   * @param beta1 decay of Adam's first moment, in [0, 1)
   * @param beta2 decay of its second moment, in [0, 1)
   * @param epsilon added to the root of the second moment
   * @param schedule {@code constant}, {@code linear} or {@code cosine}, both to 0
   * @param decaySteps updates that a schedule lasts; of its own, so that a longer run is the same
   *     run
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Optimizer(
      String kind,
      float learningRate,
      float discriminatorLearningRate,
      float beta1,
      float beta2,
      float epsilon,
      String schedule,
      long decaySteps) {
    public Optimizer {
      requireOneOf("optimizer.kind", kind, "adam", "sgd");
      requirePositive("optimizer.learning_rate", learningRate);
      requirePositive("optimizer.discriminator_learning_rate", discriminatorLearningRate);
      requireBelowOne("optimizer.beta1", beta1);
      requireBelowOne("optimizer.beta2", beta2);
      requirePositive("optimizer.epsilon", epsilon);
      requireOneOf("optimizer.schedule", schedule, "constant", "linear", "cosine");
      requireAtLeast("optimizer.decay_steps", decaySteps, schedule.equals("constant") ? 0 : 1);
    }
  }

  /**
   * @param decay in [0, 1)
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Ema(float decay) {
    public Ema {
      requireBelowOne("ema.decay", decay);
    }
  }

  /**
   * @param steps between checkpoints; 0 for none by steps
   * @param minutes between checkpoints; 0 for none by the clock
   * @param keep how many of the newest stay
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record CheckpointPolicy(long steps, double minutes, int keep) {
    public CheckpointPolicy {
      requireAtLeast("checkpoint.steps", steps, 0);
      requireNotNegative("checkpoint.minutes", minutes);
      requireAtLeast("checkpoint.keep", keep, 1);
    }
  }

  /**
   * @param steps between grids; 0 for one at the end only
   * @param count images in a grid
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Samples(long steps, int count) {
    private static final int MOST_SAMPLES = 10_000;

    public Samples {
      requireAtLeast("samples.steps", steps, 0);
      requireAtLeast("samples.count", count, 1);
      requireAtMost("samples.count", count, MOST_SAMPLES);
    }
  }

  /**
   * @param steps between two lines of scalars
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Log(long steps) {
    public Log {
      requireAtLeast("log.steps", steps, 1);
    }
  }

  /**
   * @param steps between two measurements; 0 for none
   * @param samples that each is made on: so many real ones, held-out ones and generated ones; of
   *     points four times as many
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Meters(long steps, int samples) {
    public Meters {
      requireAtLeast("meters.steps", steps, 0);
      requireAtLeast("meters.samples", samples, 8);
      requireAtMost("meters.samples", samples, 1024);
    }
  }

  /**
   * @param features network that samples are compared by, as in an evaluation: {@code digits},
   *     {@code fashion}, {@code inception:FILE}, {@code graph:…}; {@code none} for no scores
   * @param kimg thousands of real images from one score to the next, more than 0
   * @param samples fakes, and at most so many real images of the test split; at least 20
   * @param metric that the best checkpoint is kept by: {@code fid} or {@code kid}
   * @param waits whether training waits for a score; else one that is due while the last is still
   *     being computed is left out
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record EvaluationPolicy(
      String features, double kimg, int samples, String metric, boolean waits) {
    private static final String NONE = "none";
    private static final int MOST_SAMPLES = 1_000_000;

    public EvaluationPolicy {
      require(kimg > 0, "evaluation.kimg: expected more than 0, found " + kimg);
      requireAtLeast("evaluation.samples", samples, 20);
      requireAtMost("evaluation.samples", samples, MOST_SAMPLES);
      requireOneOf("evaluation.metric", metric, "fid", "kid");
      // a recipe may come from anybody
      require(
          !features.replace(" ", "").contains("trust=true"),
          "evaluation.features: expected a network without trust=true, found '"
              + features
              + "'\nName such a network in an evaluation after training instead.");
    }

    @JsonIgnore
    public boolean isOn() {
      return !features.equals(NONE);
    }
  }

  /**
   * @param kind {@code auto}, {@code cpu} or {@code gpu:N}
   * @param intraOpThreads threads inside one op; 0 is one a core
   * @param interOpThreads ops at once; 0 is TensorFlow's choice
   * @param stepsPerRun steps that the device makes at once where nothing is to be looked at between
   *     them; 0 is what the first steps advise
   * @param precision {@code float32}; {@code tf32}, where a GPU may round the factors of products
   *     to 10 bits of mantissa; or {@code mixed_bfloat16}: see {@link MixedPrecision}
   * @param jit whether XLA compiles the step: {@code off}, {@code on}, or {@code auto}, where there
   *     is a GPU and what XLA needs for it
   * @param onednn whether a CPU computes by oneDNN: {@code on}, {@code off}, or {@code auto}, off
   *     for convolutional nets below batch · side² · width² of 2,000,000
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Device(
      String kind,
      int intraOpThreads,
      int interOpThreads,
      int stepsPerRun,
      String precision,
      String jit,
      String onednn) {
    public static final String AUTO = "auto";
    public static final String ON = "on";
    public static final String OFF = "off";
    public static final String FLOAT32 = "float32";
    static final String TF32 = "tf32";
    static final String MIXED = "mixed_bfloat16";

    public Device {
      require(
          kind.matches(SessionOptions.DEVICES),
          "device.kind: expected auto, cpu or gpu:N, found '" + kind + "'");
      requireAtLeast("device.intra_op_threads", intraOpThreads, 0);
      requireAtMost("device.intra_op_threads", intraOpThreads, SessionOptions.MOST_THREADS);
      requireAtLeast("device.inter_op_threads", interOpThreads, 0);
      requireAtMost("device.inter_op_threads", interOpThreads, SessionOptions.MOST_THREADS);
      require(
          stepsPerRun >= 0 && stepsPerRun <= StepsPerCall.LONGEST,
          "device.steps_per_run: expected 0 to " + StepsPerCall.LONGEST + ", found " + stepsPerRun);
      requireOneOf("device.precision", precision, FLOAT32, TF32, MIXED);
      requireOneOf("device.jit", jit, OFF, AUTO, ON);
      requireOneOf("device.onednn", onednn, AUTO, ON, OFF);
    }

    @JsonIgnore
    public boolean isMixed() {
      return precision.equals(MIXED);
    }
  }
}
