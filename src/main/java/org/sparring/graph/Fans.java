package org.sparring.graph;

import org.sparring.errors.GraphException;
import org.tensorflow.ndarray.Shape;

/**
 * How many inputs feed one output of a layer, and how many outputs one input feeds.
 *
 * <p>A 4×4 convolution from 3 to 64 channels has {@code Fans(48, 1024)}.
 *
 * @param in fan-in, at least 1
 * @param out fan-out, at least 1
 */
public record Fans(long in, long out) {
  public Fans {
    if (in < 1 || out < 1) {
      throw new GraphException("fans must be at least 1, found in=" + in + ", out=" + out);
    }
  }

  /** Returns the fans of a matrix (in, out) or of a convolution kernel (height, width, in, out). */
  public static Fans of(Shape kernel) {
    int rank = kernel.numDimensions();
    long field = receptiveField(kernel);
    return new Fans(field * kernel.get(rank - 2), field * kernel.get(rank - 1));
  }

  /** Returns the fans of a transposed convolution's kernel (height, width, out, in). */
  public static Fans transposed(Shape kernel) {
    Fans fans = of(kernel);
    return new Fans(fans.out, fans.in);
  }

  private static long receptiveField(Shape kernel) {
    if (kernel.numDimensions() < 2) {
      throw new GraphException("fans need a kernel of rank 2 or more, found " + kernel);
    }
    long field = 1;
    for (int axis = 0; axis < kernel.numDimensions() - 2; axis++) {
      field *= kernel.get(axis);
    }
    return field;
  }
}
