package org.sparring.natives;

import org.sparring.errors.GraphException;

/**
 * The one GPU that this process computes on, by the driver's number. TensorFlow gives a GPU its own
 * number when the first session takes it, and cannot give that number to another one later.
 */
final class VisibleGpu {
  private static int chosen = -1;

  private VisibleGpu() {}

  /**
   * Chooses the GPU, once a process.
   *
   * @throws GraphException if the process computes on another one
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

  /** The chosen one, or the first. */
  static synchronized int orFirst() {
    return Math.max(chosen, 0);
  }
}
