package org.sparring.natives;

import java.util.List;
import java.util.Optional;

/**
 * Prepares what TensorFlow needs to compile kernels for a GPU. TensorFlow's natives contain some
 * elementwise kernels (exp, log, pow, sqrt and others) as code that is compiled on first use. Most
 * of them link to libdevice, an NVIDIA file that no jar contains. Compiled kernels are cached in a
 * folder; a cached kernel does not need libdevice.
 */
public final class KernelCompiler {
  static final String CACHE = "TF_JIT_CACHE_DIR";

  /** The remedy for a missing libdevice. */
  public static final String ADVICE =
      "Run `pip install nvidia-cuda-nvcc-cu12`, or install a CUDA toolkit and set CUDA_HOME.";

  /** Parts of TensorFlow's messages about a kernel that could not be compiled. */
  private static final List<String> SYMPTOMS =
      List.of("JIT compilation failed", "libdevice not found");

  private KernelCompiler() {}

  /**
   * Sets the paths of libdevice and of the cache folder for TensorFlow, unless the user's
   * environment sets them.
   */
  static void prepare() {
    XlaToolkit.findLibdevice().ifPresent(XlaToolkit::announce);
    if (System.getenv(CACHE) == null) {
      NativeCache.ofThisUser()
          .folder("gpu-kernels")
          .ifPresent(folder -> Environment.set(CACHE, folder.toString()));
    }
  }

  /** Returns an explanation if TensorFlow failed because a kernel could not be compiled. */
  public static Optional<String> explained(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return SYMPTOMS.stream().anyMatch(message::contains)
        ? Optional.of(
            "TensorFlow could not compile a kernel for the GPU: it needs libdevice.10.bc of a CUDA"
                + " toolkit")
        : Optional.empty();
  }
}
