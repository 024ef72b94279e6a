package org.sparring.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.sparring.console.EvaluationTable;
import org.sparring.console.ExitCode;
import org.sparring.console.ModelOptions;
import org.sparring.console.SeenDisplay;
import org.sparring.console.Shell;
import org.sparring.console.StandardOptions;
import org.sparring.data.ImageAdapter;
import org.sparring.data.ImageSource;
import org.sparring.data.Split;
import org.sparring.datasets.ImageSources;
import org.sparring.evaluation.FeatureCache;
import org.sparring.evaluation.FeatureNetwork;
import org.sparring.evaluation.FeatureNetworks;
import org.sparring.evaluation.ImageBatches;
import org.sparring.inference.GeneratorModel;
import org.sparring.pictures.ImageGeometry;
import org.sparring.scores.Evaluation;
import org.sparring.scores.EvaluationProtocol;
import org.sparring.scores.EvaluationReport;
import org.sparring.scores.Metric;
import org.sparring.scores.StatisticsEvaluation;
import org.sparring.scores.SupportEstimate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores a generator against real images. */
@Command(
    name = "evaluate",
    description = "Score a generator against real images by the features of a network.")
public final class EvaluateCommand implements Callable<Integer> {
  @Mixin private StandardOptions standard;

  @Mixin private ModelOptions models;

  @Parameters(
      paramLabel = "MODEL",
      arity = "0..1",
      description =
          "a run folder, a SavedModel folder, or generated images as recipes name a source, such as"
              + " folder:DIR")
  private String model;

  @Option(
      names = "--data",
      paramLabel = "SOURCE",
      description = "real images, as recipes name them (default: the run's own)")
  private String data;

  @Option(
      names = "--features",
      paramLabel = "NETWORK",
      description =
          "digits, fashion, inception:FILE, or graph:FILE_OR_DIR#input=NAME,output=NAME"
              + "[,probabilities=NAME][,range=-1:1|0:1|0:255][,side=N][,channels=N]"
              + " (default: digits)")
  private String features = "digits";

  @Option(
      names = "--metrics",
      paramLabel = "METRIC",
      split = ",",
      description = "fid, kid, is, pr, dc, confidence (default: all that the network supports)")
  private List<String> metrics = new ArrayList<>();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description =
          "number of generated images, and maximum number of real ones (default: ${DEFAULT-VALUE})")
  private int samples = EvaluationProtocol.DEFAULT_SAMPLES;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description = "part of the real images: train or test (default: ${DEFAULT-VALUE})")
  private Split split = Split.TEST;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "seed of the generated images and of the choice of real ones (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--resize",
      paramLabel = "METHOD",
      description =
          "how images get the network's size: auto, crop or resample; auto crops a border of at"
              + " most"
              + " 4 pixels, and otherwise resamples (default: ${DEFAULT-VALUE})")
  private ImageAdapter.Method resize = ImageAdapter.Method.AUTO;

  @Option(
      names = "--convert-channels",
      description = "repeat grey images for a colour network, convert colour images to grey")
  private boolean convertChannels;

  @Option(
      names = "--force-small",
      description = "compute a Fréchet distance even with fewer samples than features")
  private boolean forceSmall;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "folder that caches features of real images (default: ~/.cache/sparring)")
  private Path cache;

  @Option(
      names = "--self-check",
      description =
          "without a MODEL: compute every metric on samples with known scores; with --data also"
              + " score"
              + " real images of the other split in place of generated ones")
  private boolean selfCheck;

  @Option(
      names = "--side",
      paramLabel = "N",
      description =
          "side in pixels to which the images of both sources are resized, if MODEL is a source"
              + " (default: its own)")
  private int side;

  @Option(
      names = "--channels",
      paramLabel = "N",
      description =
          "channels of the images of both sources, 1 or 3, if MODEL is a source (default: its own)")
  private int channels;

  @Option(
      names = "--statistics",
      paramLabel = "FILE.npz",
      description =
          "instead of --data: mean and covariance of the features of real images (mu, sigma), for"
              + " fid only")
  private Path statistics;

  @Option(
      names = "--save-statistics",
      paramLabel = "FILE.npz",
      description =
          "write mean and covariance of the features of MODEL's images, and score nothing")
  private Path saved;

  @Option(names = "--json", description = "one line of JSON on standard output")
  private boolean json;

  public static void main(String[] arguments) {
    Shell.exit(new EvaluateCommand(), arguments);
  }

  @Override
  public Integer call() throws JsonProcessingException {
    if (selfCheck) {
      standard.require(model == null, "--self-check: expected no MODEL with it, found " + model);
      return selfCheck();
    }
    standard.require(model != null, "expected a MODEL, or --self-check");
    standard.require(
        statistics == null || data == null, "--statistics: expected no --data with it");
    standard.require(
        saved == null || data == null && statistics == null,
        "--save-statistics: expected neither --data nor --statistics with it, because nothing is"
            + " scored");
    return ImageSources.isNamed(model) ? images() : generator();
  }

  private int generator() throws JsonProcessingException {
    standard.require(
        side == 0 && channels == 0,
        "--side, --channels: expected neither with a model, whose images have their own size");
    Path place = Path.of(model);
    try (GeneratorModel generator = models.load(place);
        FeatureNetwork network = FeatureNetworks.open(features)) {
      if (saved != null || statistics != null) {
        return byStatistics(ImageBatches.of(generator, seed, samples), network);
      }
      ImageSource real = SupportEstimate.images(place, generator, Optional.ofNullable(data), split);
      return print(evaluation(real, network).of(generator));
    }
  }

  /** Scores images that another program generated, at most {@code --samples} of them. */
  private int images() throws JsonProcessingException {
    ImageSource fakes = ImageSources.open(model, side, channels, seed, Split.TRAIN);
    try (FeatureNetwork network = FeatureNetworks.open(features)) {
      if (saved != null || statistics != null) {
        return byStatistics(protocol().drawn(fakes), network);
      }
      standard.require(data != null, "--data: expected real images to compare with, found none");
      ImageGeometry shape = fakes.geometry();
      ImageSource real = ImageSources.open(data, shape.height(), shape.channels(), seed, split);
      return print(evaluation(real, network).of(fakes));
    }
  }

  private int byStatistics(ImageBatches fakes, FeatureNetwork network)
      throws JsonProcessingException {
    var evaluation = new StatisticsEvaluation(protocol(), network, new SeenDisplay(standard.err()));
    if (saved == null) {
      return print(evaluation.score(fakes, statistics));
    }
    evaluation.write(fakes, saved);
    standard.out().println("wrote " + saved + ": statistics of " + fakes.count() + " images");
    return ExitCode.DONE;
  }

  private Evaluation evaluation(ImageSource real, FeatureNetwork network) {
    return new Evaluation(protocol(), real, network, cache(), new SeenDisplay(standard.err()));
  }

  private int print(EvaluationReport report) throws JsonProcessingException {
    if (json) {
      standard.out().println(EvaluationTable.line(report.line()));
    } else {
      new EvaluationTable(standard.out()).print(report, "generated");
    }
    return ExitCode.DONE;
  }

  private EvaluationProtocol protocol() {
    Set<Metric> wanted = new LinkedHashSet<>();
    metrics.forEach(name -> wanted.add(Metric.of(name)));
    return new EvaluationProtocol(
        wanted, samples, split, seed, forceSmall, resize, convertChannels);
  }

  private FeatureCache cache() {
    return cache == null ? FeatureCache.standard() : new FeatureCache(cache);
  }

  /**
   * Computes metrics on samples with known scores, and scores real images against other real
   * images.
   */
  private int selfCheck() throws JsonProcessingException {
    EvaluationSelfCheck check = new EvaluationSelfCheck(standard, json);
    if (data == null) {
      return check.run(seed, Optional.empty());
    }
    Split other = split == Split.TEST ? Split.TRAIN : Split.TEST;
    ImageSource real = open(split);
    ImageSource images = open(other);
    standard.require(
        !real.contentHash().equals(images.contentHash()),
        "--data: expected a source of a train and a test part, found "
            + data
            + ", which has one; evaluate shows the scores of its halves with every score");
    try (FeatureNetwork network = FeatureNetworks.open(features)) {
      Evaluation evaluation = evaluation(real, network);
      var parts =
          new EvaluationSelfCheck.Parts(other + " against " + split, () -> evaluation.of(images));
      return check.run(seed, Optional.of(parts));
    }
  }

  private ImageSource open(Split part) {
    return ImageSources.open(data, 0, 0, seed, part);
  }
}
