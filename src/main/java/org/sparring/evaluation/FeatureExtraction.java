package org.sparring.evaluation;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sparring.data.DataException;
import org.sparring.data.ImageAdapter;
import org.sparring.data.ImageGeometry;
import org.sparring.metrics.Features;

/**
 * Shows a network images batch by batch. Holds one batch of images, and the features of all.
 *
 * @param network used, and not closed
 * @param method how images come to the network's size
 * @param convertChannels whether grey images may be repeated for a network of colours, and coloured
 *     ones turned grey
 */
public record FeatureExtraction(
    FeatureNetwork network, ImageAdapter.Method method, boolean convertChannels) {

  /** Hears how far it is. */
  @FunctionalInterface
  public interface Progress {
    void at(int done, int count);
  }

  /**
   * What images of a geometry go through, real and generated alike.
   *
   * @throws DataException if the network takes other channels and converting was not asked for
   */
  public ImageAdapter adapter(ImageGeometry from) {
    InputFormat input = network.input();
    if (from.channels() != input.channels() && !convertChannels) {
      throw DataException.in(
          "the network " + network.name(),
          "images of " + input.channels() + " channel(s)",
          from.channels() + " channel(s)",
          "Choose another network, or --convert-channels to repeat grey or turn colours grey.");
    }
    return new ImageAdapter(from, input.geometry(from), method);
  }

  /** The preprocessing in words, for a report and a cache's key. */
  public String protocol(ImageGeometry from) {
    return "resize " + adapter(from).protocol() + "; the network takes " + network.input();
  }

  /** Looks at all images. */
  public FeatureSample of(ImageBatches images, Progress progress) {
    ImageAdapter adapter = adapter(images.geometry());
    int dimensions = network.features();
    int classes = network.classes().orElse(0);
    float[] features = new float[Math.multiplyExact(images.count(), dimensions)];
    float[] probabilities = new float[Math.multiplyExact(images.count(), classes)];
    int done = 0;
    for (int batch = 0; batch < images.batchCount(); batch++) {
      byte[] adapted = adapted(images.batches().apply(batch), adapter);
      int size = adapted.length / adapter.to().bytes();
      for (int from = 0; from < size; from += network.batch()) {
        int count = Math.min(network.batch(), size - from);
        FeatureNetwork.Sight sight =
            network.see(part(adapted, from, count, adapter), count, adapter.to());
        System.arraycopy(sight.features(), 0, features, done * dimensions, count * dimensions);
        System.arraycopy(sight.probabilities(), 0, probabilities, done * classes, count * classes);
        done += count;
      }
      progress.at(done, images.count());
    }
    return new FeatureSample(
        new Features(features, dimensions),
        classes == 0 ? Optional.empty() : Optional.of(new Features(probabilities, classes)));
  }

  private static byte[] part(byte[] images, int from, int count, ImageAdapter adapter) {
    int each = adapter.to().bytes();
    return count * each == images.length
        ? images
        : Arrays.copyOfRange(images, from * each, (from + count) * each);
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
