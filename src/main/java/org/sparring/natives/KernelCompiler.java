package org.sparring.natives;

import java.util.List;
import java.util.Optional;

/**
 * What TensorFlow needs to compile kernels for a GPU. Its natives hold part of the elementwise
 * kernels, of exp, log, pow, sqrt and others, as code that is compiled when it first runs, and of
 * these the most link to libdevice, a file of NVIDIA's that no jar brings. What was compiled is
 * kept in a folder, and then needs no libdevice.
 */
public final class KernelCompiler {
  static final String CACHE = "TF_JIT_CACHE_DIR";

  /** What to do where libdevice is missing. */
  public static final String ADVICE =
      "Run `pip install nvidia-cuda-nvcc-cu12`, or install a CUDA toolkit and set CUDA_HOME.";

  /** TensorFlow's message when it could not compile a kernel. */
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

  /** What a failure of TensorFlow means, if it is that a kernel could not be compiled. */
  public static Optional<String> explained(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return SYMPTOMS.stream().anyMatch(message::contains)
        ? Optional.of(
            "TensorFlow could not compile a kernel for the GPU: it needs libdevice.10.bc of a CUDA"
                + " toolkit")
        : Optional.empty();
  }
}
