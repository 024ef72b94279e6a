package org.sparring.natives;

import org.sparring.errors.GraphException;

/**
 * The one GPU that this process computes on, by the driver's number. TensorFlow assigns its own
 * number to a GPU in the first session and cannot assign that number to another GPU later.
 */
final class VisibleGpu {
  private static int chosen = -1;

  private VisibleGpu() {}

  /**
   * Chooses the GPU of this process.
   *
   * @throws GraphException if the process already computes on another GPU
   */
  static synchronized void choose(int gpu) {
    if (chosen >= 0 && chosen != gpu) {
      throw new GraphException(
          "device.kind: expected gpu:"
              + chosen
              + ", which this process computes on, found gpu:"
              + gpu
              + "\nStart a separate process for each GPU.");
    }
    chosen = gpu;
  }

  /** Returns the number of the chosen GPU, or 0. */
  static synchronized int orFirst() {
    return Math.max(chosen, 0);
  }
}
