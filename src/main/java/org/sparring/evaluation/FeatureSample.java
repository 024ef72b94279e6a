package org.sparring.evaluation;

import java.util.Optional;
import org.sparring.metrics.Features;

/**
 * The outputs of a network for n images.
 *
 * @param features (n, d)
 * @param probabilities (n, classes), of a network that classifies
 */
public record FeatureSample(Features features, Optional<Features> probabilities) {

  /** Images. */
  public int count() {
    return features.count();
  }

  /** Of the images of these indices. */
  public FeatureSample select(int[] indices) {
    return new FeatureSample(
        features.select(indices), probabilities.map(all -> all.select(indices)));
  }
}
