package org.sparring.scores;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparring.data.ImageSource;
import org.sparring.errors.Advice;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.DataException;
import org.sparring.errors.RecipeException;
import org.sparring.errors.TelemetryException;
import org.sparring.evaluation.FeatureCache;
import org.sparring.evaluation.FeatureExtraction;
import org.sparring.evaluation.FeatureNetwork;
import org.sparring.evaluation.FeatureSample;
import org.sparring.evaluation.ImageBatches;
import org.sparring.inference.GeneratorModel;
import org.sparring.metrics.Shuffle;

/**
 * Scores generators against real images by the features of a network. The features of the real
 * images are computed once and cached, so one evaluation can score many generators, and later
 * evaluations reuse the cache.
 */
public final class Evaluation {
  /** Receives the progress of an evaluation. */
  public interface Listener {
    /** Reports that {@code done} of {@code count} images of kind {@code what} are processed. */
    void seen(String what, int done, int count);

    /** Reports one line of text. */
    void note(String line);

    /** Ignores all reports. */
    Listener SILENT =
        new Listener() {
          @Override
          public void seen(String what, int done, int count) {}

          @Override
          public void note(String line) {}
        };
  }

  /** The part of a folder without parts: all images, which a model may have been trained on. */
  private static final String WHOLE = "all";

  private final EvaluationProtocol protocol;
  private final FeatureNetwork network;
  private final FeatureExtraction extraction;
  private final ImageSource source;
  private final Listener listener;
  private final FeatureSample real;
  private final Scoring scoring;

  /**
   * Computes the features of the real images, or reads them from the cache.
   *
   * @param source real images, with the size of the generator's images
   * @param network the network; it is not closed
   * @param cache cache for the features of real images
   * @throws ArgumentException if these images and this network do not support the protocol
   */
  public Evaluation(
      EvaluationProtocol protocol,
      ImageSource source,
      FeatureNetwork network,
      FeatureCache cache,
      Listener listener) {
    this.protocol = protocol;
    this.network = network;
    this.source = source;
    this.listener = listener;
    extraction = new FeatureExtraction(network, protocol.resize(), protocol.convertChannels());
    Set<Metric> metrics = check(protocol, source, network);
    real = real(cache);
    scoring = new Scoring(metrics, real, halves(), protocol.seed(), listener);
  }

  /** Scores a generator whose images have the source's shape; the generator is not closed. */
  public EvaluationReport of(GeneratorModel model) {
    ImageBatches fakes = ImageBatches.of(model, protocol.seed(), protocol.samples());
    Map<String, Object> facts = facts(protocol.samples());
    facts.put("weights_sha256", model.weightsSha256());
    Optional<int[]> asked =
        model.classes() > 0 && model.classes() == network.classes().orElse(0)
            ? Optional.of(ImageBatches.labels(model, protocol.seed(), protocol.samples()))
            : Optional.empty();
    return scored(fakes, "generated images", facts, asked);
  }

  /**
   * Scores real images as if they were generated, which gives the score of a perfect generator.
   * Uses at most the protocol's number of samples, drawn with its seed.
   */
  public EvaluationReport of(ImageSource images) {
    ImageBatches drawn = protocol.drawn(images);
    Map<String, Object> facts = facts(drawn.count());
    facts.put("scored", images.name());
    return scored(drawn, "images of " + images.name(), facts, Optional.empty());
  }

  /**
   * @param asked class labels on which a conditional generator's images were conditioned
   */
  private EvaluationReport scored(
      ImageBatches fakes, String what, Map<String, Object> facts, Optional<int[]> asked) {
    ArgumentException.require(
        fakes.geometry().equals(source.geometry()),
        "data",
        "expected images of the model's shape "
            + fakes.geometry()
            + ", found "
            + source.geometry()
            + " of "
            + source.name());
    FeatureSample fake = extraction.of(fakes, (done, count) -> listener.seen(what, done, count));
    List<String> notes = new ArrayList<>();
    List<EvaluationReport.Score> scores = new ArrayList<>(scoring.of(fake, notes));
    asked.ifPresent(labels -> scores.add(Scoring.agreement(fake, labels, real, realLabels())));
    return new EvaluationReport(scores, facts, notes);
  }

  /**
   * Refuses a protocol that these images and this network do not support, before any image is
   * processed.
   *
   * @return the metrics
   */
  public static Set<Metric> check(
      EvaluationProtocol protocol, ImageSource source, FeatureNetwork network) {
    FeatureExtraction extraction =
        new FeatureExtraction(network, protocol.resize(), protocol.convertChannels());
    extraction.adapter(source.geometry());
    extraction.requireFits(protocol.samples());
    Set<Metric> metrics = protocol.metrics(network.classes().isPresent());
    for (Metric metric : metrics) {
      ArgumentException.require(
          !metric.classifies() || network.classes().isPresent(),
          "metrics",
          metric,
          "expected a network that gives probabilities of classes, found "
              + network.name()
              + "\nName its output with probabilities=NAME, or leave the metric out.");
    }
    requireEnough(protocol, source, network, metrics);
    return metrics;
  }

  private int realCount() {
    return Math.min(protocol.samples(), source.size());
  }

  private static void requireEnough(
      EvaluationProtocol protocol,
      ImageSource source,
      FeatureNetwork network,
      Set<Metric> metrics) {
    int count = Math.min(protocol.samples(), source.size());
    if (count < EvaluationProtocol.LEAST_SAMPLES) {
      throw DataException.in(
          source.name(),
          "at least " + EvaluationProtocol.LEAST_SAMPLES + " images to score against",
          count + "",
          "Take a larger set.");
    }
    if (metrics.contains(Metric.FID) && !protocol.small() && count <= network.features()) {
      throw new RecipeException(
          "samples: expected more than the "
              + network.features()
              + " features of "
              + network.name()
              + " for fid, found "
              + count
              + ": the covariance of so few has no full rank, and the distance is mostly bias",
          Advice.to(Advice.Action.ALLOW_FEW_SAMPLES));
    }
  }

  private FeatureSample real(FeatureCache cache) {
    String key = key();
    Optional<FeatureSample> kept = cache.read(key).filter(sample -> sample.count() == realCount());
    if (kept.isPresent()) {
      listener.note("real images: features kept from before, " + cache.file(key));
      return kept.get();
    }
    ImageBatches images = ImageBatches.of(source, chosen(source.size(), realCount()));
    FeatureSample seen =
        extraction.of(images, (done, count) -> listener.seen("real images", done, count));
    try {
      cache.write(key, seen);
    } catch (TelemetryException e) {
      listener.note("features of real images are not kept: " + e.getMessage());
    }
    return seen;
  }

  /** Returns the indices of all images in order, or of {@code count} images drawn with the seed. */
  private int[] chosen(int size, int count) {
    int[] order = Shuffle.of(size, protocol.seed());
    int[] chosen = Arrays.copyOf(order, count);
    Arrays.sort(chosen);
    return chosen;
  }

  private int[] realLabels() {
    return Arrays.stream(chosen(source.size(), realCount())).map(source::label).toArray();
  }

  private String key() {
    boolean all = realCount() == source.size();
    return String.join(
        "\n",
        "features 1",
        source.contentHash(),
        protocol.split().toString(),
        realCount() + (all ? "" : " of seed " + protocol.seed()),
        network.sha256(),
        network.name(),
        extraction.protocol(source.geometry()));
  }

  /** Returns two disjoint halves of the real images. */
  private List<FeatureSample> halves() {
    int[] order = Shuffle.of(real.count(), protocol.seed());
    int half = real.count() / 2;
    return List.of(
        real.select(Arrays.copyOfRange(order, 0, half)),
        real.select(Arrays.copyOfRange(order, half, 2 * half)));
  }

  private Map<String, Object> facts(int fakes) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("n_real", real.count());
    facts.put("n_fake", fakes);
    facts.put("n_half", real.count() / 2);
    facts.put("data", source.name());
    facts.put("data_sha256", source.contentHash());
    facts.put("split", source.isWhole() ? WHOLE : protocol.split().toString());
    facts.put("network", network.name());
    facts.put("network_sha256", network.sha256());
    facts.put("features", network.features());
    facts.put("resize", extraction.adapter(source.geometry()).protocol());
    facts.put("input", network.input().toString());
    facts.put("seed", protocol.seed());
    return facts;
  }
}
