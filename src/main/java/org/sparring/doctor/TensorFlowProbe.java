package org.sparring.doctor;

import java.util.ArrayList;
import java.util.List;
import org.sparring.errors.SparringException;
import org.sparring.natives.Device;
import org.sparring.natives.NativeLibraries;
import org.sparring.natives.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.TensorFlow;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** Examines whether TensorFlow loads and computes, and on which devices. */
final class TensorFlowProbe implements DoctorProbe {
  private static final String TOPIC = "TensorFlow";

  /** Returns every failure as a finding; loading natives can fail in many ways. */
  @Override
  public List<Finding> look() {
    try {
      NativeLibraries.load();
      return findings();
    } catch (RuntimeException | LinkageError e) {
      return List.of(failed(e));
    }
  }

  /** The last line of a message of Sparring, behind the first, says what to do. */
  static Finding failed(Throwable e) {
    List<String> lines = String.valueOf(e.getMessage()).lines().toList();
    String problem = lines.isEmpty() ? "" : lines.get(0);
    String advice =
        e instanceof SparringException && lines.size() > 1
            ? lines.get(lines.size() - 1)
            : "Needs glibc 2.28 or newer and the natives of this platform on the class path.";
    return Finding.fail(TOPIC, "does not load: " + problem, advice);
  }

  private static List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(arithmetic());
    Device.list().stream().map(TensorFlowProbe::device).forEach(findings::add);
    return findings;
  }

  private static Finding arithmetic() {
    int sum = twoAndTwo();
    String found = TensorFlow.version() + ", 2 + 2 = " + sum;
    return sum == 4
        ? Finding.ok(TOPIC, found)
        : Finding.fail(TOPIC, found, "The natives are broken: empty the folder ~/.javacpp/cache.");
  }

  private static int twoAndTwo() {
    try (Graph graph = new Graph();
        Session session = new Session(graph, SessionOptions.DEFAULT.config())) {
      Ops tf = Ops.create(graph);
      var sum = tf.math.add(tf.constant(2), tf.constant(2));
      try (Tensor result = session.runner().fetch(sum).run().get(0)) {
        return ((TInt32) result).getInt();
      }
    }
  }

  private static Finding device(Device device) {
    String shortName = device.name().replaceFirst(".*/device:", "");
    String memory =
        device.isGpu() ? ", " + MachineProbe.gibibytes(device.memoryBytes()) + " to use" : "";
    return Finding.ok("device", shortName + memory);
  }
}
