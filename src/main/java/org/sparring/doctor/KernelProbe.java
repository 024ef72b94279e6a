package org.sparring.doctor;

import java.util.List;
import org.sparring.natives.Device;
import org.sparring.natives.KernelCompiler;
import org.sparring.natives.NativeLibraries;
import org.sparring.natives.SessionOptions;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Examines whether the GPU runs a kernel that TensorFlow compiles on first use. */
final class KernelProbe implements DoctorProbe {
  private static final String TOPIC = "GPU kernel";
  private static final float HALF = 0.5f;

  /** Returns no finding if the natives are of the CPU flavour or there is no driver. */
  @Override
  public List<Finding> look() {
    if (!NativeLibraries.hasDriver()) {
      return List.of();
    }
    try {
      return Device.list().stream().anyMatch(Device::isGpu)
          ? List.of(computed(half()))
          : List.of(
              Finding.note(
                  TOPIC,
                  "TensorFlow sees no GPU",
                  "Look for a library that is missing below; nvidia-smi reports on the driver."));
    } catch (RuntimeException | LinkageError e) {
      return List.of(failed(e));
    }
  }

  static Finding computed(float half) {
    return half == HALF
        ? Finding.ok(TOPIC, "runs, 2^-1 = " + half)
        : Finding.note(TOPIC, "runs, and finds 2^-1 = " + half, "The GPU computes wrong numbers.");
  }

  static Finding failed(Throwable e) {
    String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return KernelCompiler.explained(e)
        .map(explanation -> Finding.note(TOPIC, explanation, KernelCompiler.ADVICE))
        .orElseGet(
            () -> Finding.note(TOPIC, "does not run: " + first, "--verbose shows more of it."));
  }

  /**
   * Computes 2^-1 on the GPU. The inputs are fed, so that TensorFlow cannot fold the operation into
   * a constant.
   */
  private static float half() {
    var config = SessionOptions.DEFAULT.config().toBuilder().setAllowSoftPlacement(false).build();
    try (Graph graph = new Graph();
        Session session = new Session(graph, config);
        TFloat32 two = TFloat32.scalarOf(2);
        TFloat32 minusOne = TFloat32.scalarOf(-1)) {
      Ops tf = Ops.create(graph);
      var base = tf.placeholder(TFloat32.class, Placeholder.shape(two.shape()));
      var exponent = tf.placeholder(TFloat32.class, Placeholder.shape(two.shape()));
      var power =
          tf.withDevice(
                  DeviceSpec.newBuilder()
                      .deviceType(DeviceSpec.DeviceType.GPU)
                      .deviceIndex(0)
                      .build())
              .math
              .pow(base, exponent);
      try (Result found =
          session.runner().feed(base, two).feed(exponent, minusOne).fetch(power).run()) {
        return ((TFloat32) found.get(0)).getFloat();
      }
    }
  }
}
