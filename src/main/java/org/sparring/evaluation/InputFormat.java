package org.sparring.evaluation;

import java.util.OptionalInt;
import org.sparring.errors.EvaluationException;
import org.sparring.pictures.ImageGeometry;

/**
 * The format of a network's input images.
 *
 * @param side side of the square in pixels; empty if the network takes any size and resizes images
 *     itself
 * @param channels 1 grey, 3 RGB
 * @param range range of the pixel values
 */
public record InputFormat(OptionalInt side, int channels, PixelRange range) {

  public InputFormat {
    EvaluationException.require(
        side.isEmpty() || side.getAsInt() >= 1,
        "side: expected 1 or more, found " + side.orElse(0));
    EvaluationException.require(
        channels >= 1 && channels <= 4, "channels: expected 1 to 4, found " + channels);
  }

  /** Returns the geometry to which images of geometry {@code from} are converted. */
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

  /** Returns a text such as {@code 28×28×1 in -1:1}. */
  @Override
  public String toString() {
    String size = side.isPresent() ? side.getAsInt() + "×" + side.getAsInt() : "any size";
    return size + "×" + channels + " in " + range;
  }
}
