package org.sparring.graph;

import java.net.URL;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The shared libraries of CUDA 12 and cuDNN 9 that TensorFlow 2.18 opens by name, and where the
 * class path may carry them: the jar {@code org.bytedeco:cuda}, classifier {@code
 * linux-x86_64-redist}.
 */
public final class CudaLibraries {
  /**
   * In the order in which they load: each after those that it needs, so that the system's loader
   * finds every name already open.
   */
  public static final List<String> NAMES =
      List.of(
          "libcudart.so.12",
          "libnvJitLink.so.12",
          "libcublasLt.so.12",
          "libcublas.so.12",
          "libcufft.so.11",
          "libcusparse.so.12",
          "libcusolver.so.11",
          "libnvrtc.so.12",
          "libcudnn_graph.so.9",
          "libcudnn_ops.so.9",
          "libcudnn_cnn.so.9",
          "libcudnn_adv.so.9",
          "libcudnn_heuristic.so.9",
          "libcudnn_engines_precompiled.so.9",
          "libcudnn_engines_runtime_compiled.so.9",
          "libcudnn.so.9",
          "libnccl.so.2");

  /** What is opened of the jar: its NVRTC wants the built-ins of its very version beside it. */
  static final List<String> BUNDLED =
      Stream.concat(Stream.of("libnvrtc-builtins.so.12.6"), NAMES.stream()).toList();

  private static final String FOLDER = "org/bytedeco/cuda/linux-x86_64/";

  private CudaLibraries() {}

  /** Where this class path carries the library. */
  public static Optional<URL> bundled(String name) {
    return bundled(name, CudaLibraries.class.getClassLoader());
  }

  static Optional<URL> bundled(String name, ClassLoader classPath) {
    return Optional.ofNullable(classPath.getResource(FOLDER + name));
  }

  /** Whether the class path carries any: without the jar there is nothing to complain about. */
  static boolean anyBundled(ClassLoader classPath) {
    return bundled(NAMES.get(0), classPath).isPresent();
  }
}
