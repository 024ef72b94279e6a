package org.sparring.launching;

import static org.sparring.errors.ArgumentException.require;

import org.sparring.recipes.DeviceKeys;

/**
 * The part of a machine that one of several workers on it computes with.
 *
 * @param rank number of the worker among those of its machine, from 0
 * @param count number of workers of its machine
 */
public record LocalShare(int rank, int count) {
  private static final String CPU = "cpu";

  public LocalShare {
    require(
        rank >= 0 && rank < count,
        "rank",
        "expected a number from 0 to " + (count - 1) + ", found " + rank);
  }

  /**
   * Returns the device settings with the GPU of this worker: the one with its rank. Settings
   * without a GPU stay as they are.
   *
   * @param gpus number of GPUs that the driver shows and TensorFlow can use
   */
  public DeviceKeys withGpu(DeviceKeys device, int gpus) {
    if (gpus == 0 || device.kind().equals(CPU)) {
      return device;
    }
    require(
        gpus >= count,
        "workers",
        "expected at most one for each GPU\nfound "
            + count
            + " workers and "
            + gpus
            + " GPUs\nStart fewer workers, or train on the CPU with device.kind=cpu.");
    return device.withKind("gpu:" + rank);
  }

  /**
   * Returns the device settings with the threads of this worker: its share of the processors, at
   * least 1. A number that the recipe sets stays as it is.
   *
   * @param processors that this machine gives to all of its workers
   */
  public DeviceKeys withThreads(DeviceKeys device, int processors) {
    return device.intraOpThreads() == 0
        ? device.withIntraOpThreads(Math.max(1, processors / count))
        : device;
  }
}
