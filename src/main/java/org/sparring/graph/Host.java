package org.sparring.graph;

import org.tensorflow.DeviceSpec;
import org.tensorflow.op.Ops;

/**
 * Places ops on the CPU, even if the rest of the graph runs on a GPU. A kernel needs some inputs,
 * such as a seed or a shape, in host memory: unless they are computed there, a GPU waits until they
 * are copied.
 */
public final class Host {
  private static final DeviceSpec CPU =
      DeviceSpec.newBuilder().deviceType(DeviceSpec.DeviceType.CPU).deviceIndex(0).build();

  private Host() {}

  /** Returns ops that are placed on the CPU. */
  public static Ops of(Ops tf) {
    return tf.withDevice(CPU);
  }
}
