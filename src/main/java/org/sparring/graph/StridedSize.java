package org.sparring.graph;

import java.util.Arrays;
import org.sparring.errors.GraphException;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TFloating;

/**
 * The sizes of a 4×4 convolution of stride 2 and padding SAME between an image (batch, side, side,
 * in) and a map (batch, side/2, side/2, out), in either direction.
 *
 * @param side of the image, even
 * @param in channels of the image
 * @param out channels of the map
 */
public record StridedSize(int side, int in, int out) {
  /** Size of the kernel along each axis. */
  public static final int KERNEL = 4;

  public StridedSize {
    if (side < 2 || side % 2 != 0 || in < 1 || out < 1) {
      throw new GraphException(
          "strided convolution: expected an even side and channels, found "
              + (side + "x" + in + "x" + out));
    }
  }

  /** Reads a {@link #label}, such as 8x256x512. */
  public static StridedSize parse(String label) {
    int[] sizes = Arrays.stream(label.split("x", -1)).mapToInt(Integer::parseInt).toArray();
    return new StridedSize(sizes[0], sizes[1], sizes[2]);
  }

  /** Side, channels of the image and channels of the map, such as 8x256x512. */
  public String label() {
    return side + "x" + in + "x" + out;
  }

  /**
   * @param side of the image
   * @param kernel (4, 4, in, out)
   */
  public static StridedSize of(long side, Operand<? extends TFloating> kernel) {
    Shape k = kernel.shape();
    return new StridedSize(
        Math.toIntExact(side), Math.toIntExact(k.get(2)), Math.toIntExact(k.get(3)));
  }

  /** Side of the map. */
  int half() {
    return side / 2;
  }
}
