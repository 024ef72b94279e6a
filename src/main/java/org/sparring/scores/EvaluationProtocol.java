package org.sparring.scores;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.sparring.data.ImageAdapter;
import org.sparring.data.ImageSource;
import org.sparring.data.Split;
import org.sparring.errors.ArgumentException;
import org.sparring.evaluation.ImageBatches;
import org.sparring.metrics.Shuffle;

/**
 * The settings of a score, which must be equal for two scores to be comparable.
 *
 * @param metrics metrics to compute; empty for all metrics that the network supports
 * @param samples number of generated images, and the maximum number of real ones; at least 20
 * @param split of the real images
 * @param seed of the generated images, and of the selection and the halves of the real ones
 * @param small whether to compute a Fréchet distance even with fewer samples than features
 * @param resize how images are resized to the network's input
 * @param convertChannels whether grey images may be repeated for a colour network, and colour
 *     images converted to grey
 */
public record EvaluationProtocol(
    Set<Metric> metrics,
    int samples,
    Split split,
    long seed,
    boolean small,
    ImageAdapter.Method resize,
    boolean convertChannels) {
  public static final int DEFAULT_SAMPLES = 10_000;

  /** Each half of the real images needs more samples than the number of neighbours in coverage. */
  static final int LEAST_SAMPLES = 20;

  /** 10,000 samples against the test split. */
  public static final EvaluationProtocol DEFAULT =
      new EvaluationProtocol(
          Set.of(), DEFAULT_SAMPLES, Split.TEST, 1, false, ImageAdapter.Method.AUTO, false);

  public EvaluationProtocol {
    ArgumentException.requireAtLeast("samples", samples, LEAST_SAMPLES);
    metrics = metrics.isEmpty() ? Set.of() : Set.copyOf(metrics);
  }

  /** Returns this protocol with another number of samples. */
  public EvaluationProtocol withSamples(int count) {
    return new EvaluationProtocol(metrics, count, split, seed, small, resize, convertChannels);
  }

  /** Returns this protocol with other metrics. */
  public EvaluationProtocol withMetrics(Set<Metric> others) {
    return new EvaluationProtocol(others, samples, split, seed, small, resize, convertChannels);
  }

  /**
   * Returns a random selection of at most {@link #samples} images of a source, chosen by the seed.
   */
  public ImageBatches drawn(ImageSource images) {
    int count = Math.min(samples, images.size());
    // in random order, because errors are estimated from groups of consecutive images
    return ImageBatches.of(images, Arrays.copyOf(Shuffle.of(images.size(), seed), count));
  }

  /** Returns the requested metrics, or all that a network supports. */
  Set<Metric> metrics(boolean classifies) {
    EnumSet<Metric> all = EnumSet.allOf(Metric.class);
    all.removeIf(metric -> metric.classifies() && !classifies);
    return metrics.isEmpty() ? all : metrics;
  }
}
