package org.sparring.evaluation;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.sparring.data.ImageAdapter;
import org.sparring.errors.Advice;
import org.sparring.errors.DataException;
import org.sparring.errors.EvaluationException;
import org.sparring.errors.MetricsException;
import org.sparring.errors.ModelException;
import org.sparring.metrics.Features;
import org.sparring.pictures.ImageGeometry;

/**
 * Computes a network's outputs for images, batch by batch. Keeps one batch of images in memory, and
 * the features of all images.
 *
 * @param network the network; it is not closed
 * @param method how images are resized for the network
 * @param convertChannels whether grey images may be repeated for a colour network, and colour
 *     images converted to grey
 */
public record FeatureExtraction(
    FeatureNetwork network, ImageAdapter.Method method, boolean convertChannels) {

  /** Receives the progress. */
  @FunctionalInterface
  public interface Progress {
    void at(int done, int count);
  }

  /**
   * Returns the preprocessing for real and generated images of a geometry.
   *
   * @throws DataException if the network needs other channels and {@code convertChannels} is off
   */
  public ImageAdapter adapter(ImageGeometry from) {
    InputFormat input = network.input();
    if (from.channels() != input.channels() && !convertChannels) {
      throw DataException.in(
          "the network " + network.name(),
          "images of " + input.channels() + " channel(s)",
          from.channels() + " channel(s)",
          Advice.to(Advice.Action.CONVERT_CHANNELS));
    }
    return new ImageAdapter(from, input.geometry(from), method);
  }

  /** Returns a description of the preprocessing, for reports and cache keys. */
  public String protocol(ImageGeometry from) {
    return "resize " + adapter(from).protocol() + "; the network takes " + network.input();
  }

  /**
   * Throws if the features of {@code count} images do not fit in one array.
   *
   * @throws EvaluationException with the maximum number of images
   */
  public void requireFits(int count) {
    int each = Math.max(network.features(), network.classes().orElse(0));
    EvaluationException.require(
        (long) count * each <= Integer.MAX_VALUE,
        "expected at most "
            + Integer.MAX_VALUE / each
            + " images of "
            + each
            + " features, found "
            + count
            + "\nTake fewer samples.");
  }

  /** Computes the features of all images; the next batch is prepared while the network runs. */
  public FeatureSample of(ImageBatches images, Progress progress) {
    requireFits(images.count());
    ImageAdapter adapter = adapter(images.geometry());
    Collected collected = new Collected(images.count(), network);
    CompletableFuture<float[]> next = ready(images, 0, adapter);
    for (int batch = 0; batch < images.batchCount(); batch++) {
      float[] pixels = finished(next);
      if (batch + 1 < images.batchCount()) {
        next = ready(images, batch + 1, adapter);
      }
      look(pixels, adapter.to(), collected);
      progress.at(collected.done, images.count());
    }
    return collected.sample();
  }

  /**
   * Runs the network on a batch of images, in several calls if the network takes fewer at a time.
   */
  private void look(float[] pixels, ImageGeometry geometry, Collected collected) {
    int each = geometry.bytes();
    int size = pixels.length / each;
    for (int from = 0; from < size; from += network.batch()) {
      int count = Math.min(network.batch(), size - from);
      float[] part =
          count == size ? pixels : Arrays.copyOfRange(pixels, from * each, (from + count) * each);
      collected.add(network.see(part, count, geometry), count);
    }
  }

  private CompletableFuture<float[]> ready(ImageBatches images, int batch, ImageAdapter adapter) {
    return CompletableFuture.supplyAsync(
        () -> network.input().pixels(adapted(images.batches().apply(batch), adapter)));
  }

  private static float[] finished(CompletableFuture<float[]> ready) {
    try {
      return ready.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException broken) {
        throw broken;
      }
      if (e.getCause() instanceof Error broken) {
        throw broken;
      }
      throw e;
    }
  }

  /** The features collected so far. */
  private static final class Collected {
    private final String network;
    private final int dimensions;
    private final int classes;
    private final float[] features;
    private final float[] probabilities;
    private int done;

    Collected(int count, FeatureNetwork network) {
      this.network = network.name();
      dimensions = network.features();
      classes = network.classes().orElse(0);
      features = new float[Math.multiplyExact(count, dimensions)];
      probabilities = new float[Math.multiplyExact(count, classes)];
    }

    void add(FeatureNetwork.Sight sight, int count) {
      System.arraycopy(sight.features(), 0, features, done * dimensions, count * dimensions);
      System.arraycopy(sight.probabilities(), 0, probabilities, done * classes, count * classes);
      done += count;
    }

    FeatureSample sample() {
      try {
        return new FeatureSample(
            new Features(features, dimensions),
            classes == 0 ? Optional.empty() : Optional.of(new Features(probabilities, classes)));
      } catch (MetricsException e) {
        throw new ModelException("the network " + network + ": " + e.getMessage(), e);
      }
    }
  }

  private static byte[] adapted(byte[] images, ImageAdapter adapter) {
    if (adapter.isIdentity()) {
      return images;
    }
    int before = adapter.from().bytes();
    int after = adapter.to().bytes();
    int count = images.length / before;
    byte[] adapted = new byte[count * after];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              byte[] one = Arrays.copyOfRange(images, i * before, (i + 1) * before);
              System.arraycopy(adapter.apply(one), 0, adapted, i * after, after);
            });
    return adapted;
  }
}
