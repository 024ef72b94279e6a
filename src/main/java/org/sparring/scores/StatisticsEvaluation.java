package org.sparring.scores;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparring.errors.EvaluationException;
import org.sparring.evaluation.FeatureExtraction;
import org.sparring.evaluation.FeatureNetwork;
import org.sparring.evaluation.FeatureSample;
import org.sparring.evaluation.FeatureStatistics;
import org.sparring.evaluation.ImageBatches;
import org.sparring.metrics.Moments;

/**
 * Computes the Fréchet distance to real images of which only the mean and covariance of the
 * features are known, from a file of {@link FeatureStatistics}; also writes such files. The
 * distance is meaningful only if the statistics come from the same network and the same resizing,
 * which the file does not record.
 *
 * @param protocol number of samples, seed and resizing
 * @param network the network; it is not closed
 * @param listener receives the progress
 */
public record StatisticsEvaluation(
    EvaluationProtocol protocol, FeatureNetwork network, Evaluation.Listener listener) {

  /** Computes the features of images and writes their statistics. */
  public void write(ImageBatches images, Path file) {
    FeatureStatistics.write(file, Moments.of(seen(images).features()));
  }

  /**
   * Scores images against the statistics of a file.
   *
   * @throws EvaluationException if the statistics have another number of features
   */
  public EvaluationReport score(ImageBatches images, Path statistics) {
    Moments real = FeatureStatistics.read(statistics);
    if (real.dimensions() != network.features()) {
      throw new EvaluationException(
          statistics
              + ": expected statistics of the "
              + network.features()
              + " features of "
              + network.name()
              + ", found "
              + real.dimensions()
              + "\nChoose the network that made the statistics.");
    }
    List<String> notes = new ArrayList<>();
    notes.add("the file does not record the network and the resizing of its statistics");
    EvaluationReport.Score score = new FrechetScoring(real).of(seen(images).features(), notes);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("n_fake", images.count());
    facts.put("statistics", statistics.toString());
    facts.put("network", network.name());
    facts.put("network_sha256", network.sha256());
    facts.put("features", network.features());
    facts.put("seed", protocol.seed());
    return new EvaluationReport(List.of(score), facts, notes);
  }

  private FeatureSample seen(ImageBatches images) {
    FeatureExtraction extraction =
        new FeatureExtraction(network, protocol.resize(), protocol.convertChannels());
    return extraction.of(images, (done, count) -> listener.seen("images", done, count));
  }
}
