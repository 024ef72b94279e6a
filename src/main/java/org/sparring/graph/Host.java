package org.sparring.graph;

import org.tensorflow.DeviceSpec;
import org.tensorflow.op.Ops;

/**
 * Places ops on the CPU, whatever the others run on. What a kernel wants to know on the host, such
 * as a seed or a shape, stops a GPU until it is copied there, unless it was computed there.
 */
public final class Host {
  private static final DeviceSpec CPU =
      DeviceSpec.newBuilder().deviceType(DeviceSpec.DeviceType.CPU).deviceIndex(0).build();

  private Host() {}

  /** The same ops, on the CPU. */
  public static Ops of(Ops tf) {
    return tf.withDevice(CPU);
  }
}
