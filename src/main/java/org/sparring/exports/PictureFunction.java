package org.sparring.exports;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.sparring.errors.ModelException;

/**
 * A function of a model that maps pictures to pictures: a signature with one input (n, height,
 * width, input channels) and one output (n, scale · height, scale · width, output channels),
 * float32 in [−1, 1].
 *
 * @param name of the signature
 * @param inputChannels 1 grey, 3 RGB, or another number up to 4
 * @param outputChannels likewise
 * @param scale output size divided by input size, 1 or more
 * @param multiple height and width of the input must be a multiple of this, 1 or more
 * @param reach how many input pixels away from an output pixel can change it; −1 if every pixel can
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true) // later versions may add keys
public record PictureFunction(
    String name, int inputChannels, int outputChannels, int scale, int multiple, int reach) {
  private static final int MOST_CHANNELS = 4;

  /** Sides of pictures fit into an int after scaling. */
  private static final int MOST = 1 << 12;

  public PictureFunction {
    ModelException.require(name != null, "expected a function with a name, found none");
    requireWithin(name + ": input channels", inputChannels, 1, MOST_CHANNELS);
    requireWithin(name + ": output channels", outputChannels, 1, MOST_CHANNELS);
    requireWithin(name + ": scale", scale, 1, MOST);
    requireWithin(name + ": multiple", multiple, 1, MOST);
    requireWithin(name + ": reach", reach, -1, MOST);
  }

  /** Returns whether every input pixel can change every output pixel. */
  public boolean seesWhole() {
    return reach < 0;
  }

  private static void requireWithin(String what, int found, int least, int most) {
    ModelException.require(
        found >= least && found <= most,
        what + ": expected " + least + " to " + most + ", found " + found);
  }
}
