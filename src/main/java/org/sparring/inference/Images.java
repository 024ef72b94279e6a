package org.sparring.inference;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.sparring.errors.ModelException;
import org.sparring.telemetry.ImageGrid;

/**
 * A batch of generated images.
 *
 * @param values (count, height, width, channels) in [−1, 1], row-major
 * @param count images
 */
public record Images(float[] values, int count, int height, int width, int channels) {

  public Images {
    long expected = (long) count * height * width * channels;
    ModelException.requireRequest(
        values.length == expected,
        count
            + " images of "
            + height
            + "x"
            + width
            + "x"
            + channels
            + ": expected "
            + expected
            + " values, found "
            + values.length);
  }

  /** Image {@code index} at its own size. */
  public BufferedImage image(int index) {
    Objects.checkIndex(index, count);
    int size = height * width * channels;
    float[] one = Arrays.copyOfRange(values, index * size, (index + 1) * size);
    return ImageGrid.single(one, height, width, channels);
  }

  /** Every image at its own size. */
  public List<BufferedImage> all() {
    return IntStream.range(0, count).mapToObj(this::image).toList();
  }

  /** All in one picture, enlarged until they are legible. */
  public BufferedImage grid(int columns) {
    return ImageGrid.of(values, count, height, width, channels, columns);
  }
}
