package org.sparring.benchmarks.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A way to call an exported generator, and the command that times it in a process. */
enum CallEngine {
  SPARRING("sparring", "folded"),
  SPARRING_BFLOAT16("sparring-bfloat16", "folded"),
  SPARRING_SEPARATE("sparring-separate", "separate"),
  ONNX("onnx-runtime", "folded.onnx"),
  ONNX_SEPARATE("onnx-runtime-separate", "separate.onnx");

  private final String label;
  private final String model;

  CallEngine(String label, String model) {
    this.label = label;
    this.model = model;
  }

  /** The name in tables. */
  String label() {
    return label;
  }

  /** Returns ONNX Runtime on the same exported model, of an engine of Sparring. */
  CallEngine peer() {
    return model.startsWith("separate") ? ONNX_SEPARATE : ONNX;
  }

  /** Whether its pixels are those of float32. */
  boolean isExact() {
    return this != SPARRING_BFLOAT16;
  }

  boolean isOurs() {
    return this != peer();
  }

  /** The class path of the process, for its environment: see {@link #command}. */
  String classPath() {
    return System.getProperty(isOurs() ? "sparring.classpath" : "java.class.path");
  }

  /**
   * A process that prints a line for each batch size. The class path is not in it: ONNX Runtime
   * 1.29.0 ends with a segmentation fault if the command line is long.
   *
   * @param models folder with the exported and converted models
   */
  List<String> command(Path models, int threads, List<Integer> batches) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(isOurs() ? "org.sparring.benchmarks.calls.CallTimer" : OnnxTimer.class.getName());
    command.add(label);
    command.add(models.resolve(model).toString());
    command.add(String.valueOf(threads));
    batches.forEach(batch -> command.add(batch.toString()));
    return command;
  }
}
