package org.sparring.evaluation;

import java.util.OptionalInt;
import org.sparring.errors.EvaluationException;
import org.sparring.pictures.ImageGeometry;

/**
 * What images a network takes.
 *
 * @param side of the square, or empty where it takes any size and resizes within itself
 * @param channels 1 grey, 3 RGB
 * @param range of the pixels
 */
public record InputFormat(OptionalInt side, int channels, PixelRange range) {

  public InputFormat {
    EvaluationException.require(
        side.isEmpty() || side.getAsInt() >= 1,
        "side: expected 1 or more, found " + side.orElse(0));
    EvaluationException.require(
        channels >= 1 && channels <= 4, "channels: expected 1 to 4, found " + channels);
  }

  /** The geometry that it takes images of another one in. */
  ImageGeometry geometry(ImageGeometry from) {
    int square = Math.min(from.height(), from.width());
    int taken = side.orElse(square);
    return new ImageGeometry(taken, taken, channels);
  }

  /** Converts unsigned 8-bit values to the range of the network. */
  public float[] pixels(byte[] images) {
    float[] table = range.table();
    float[] pixels = new float[images.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = table[images[i] & 0xff];
    }
    return pixels;
  }

  /** Such as {@code 28×28×1 in -1:1}. */
  @Override
  public String toString() {
    String size = side.isPresent() ? side.getAsInt() + "×" + side.getAsInt() : "any size";
    return size + "×" + channels + " in " + range;
  }
}
