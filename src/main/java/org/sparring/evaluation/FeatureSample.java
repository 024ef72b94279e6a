package org.sparring.evaluation;

import java.util.Optional;
import org.sparring.metrics.Features;

/**
 * The outputs of a network for n images.
 *
 * @param features features, (n, d)
 * @param probabilities class probabilities, (n, classes); empty if the network is not a classifier
 */
public record FeatureSample(Features features, Optional<Features> probabilities) {

  /** Returns the number of images, n. */
  public int count() {
    return features.count();
  }

  /** Returns the outputs for the images with the given indices. */
  public FeatureSample select(int[] indices) {
    return new FeatureSample(
        features.select(indices), probabilities.map(all -> all.select(indices)));
  }
}
