package org.sparring.natives;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The shared libraries of CUDA 12 and cuDNN 9 that TensorFlow 2.18 opens by name. On the class path
 * they are in the jar {@code org.bytedeco:cuda}, classifier {@code linux-x86_64-redist}. Their
 * names are in a resource file that {@code benchmarks/gpu} reads too.
 */
public final class CudaLibraries {
  private static final String LIST = "cuda-libraries.txt";

  /**
   * Libraries opened from the jar. NVRTC needs built-ins of exactly its own version in the same
   * folder.
   */
  static final List<String> BUNDLED = listed().map(words -> words[0]).toList();

  /**
   * All libraries in loading order: each one after its dependencies, so that the system's loader
   * finds every dependency already open.
   */
  public static final List<String> NAMES =
      listed().filter(words -> words.length == 1).map(words -> words[0]).toList();

  private static final String FOLDER = "org/bytedeco/cuda/linux-x86_64/";

  private CudaLibraries() {}

  /**
   * Returns the words of each line: a name, followed by {@code bundled} if the library is loaded
   * from the jar only.
   */
  private static Stream<String[]> listed() {
    try (InputStream file = CudaLibraries.class.getResourceAsStream(LIST)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", -1));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + LIST, e);
    }
  }

  /** Returns the location of the library on the class path. */
  public static Optional<URL> bundled(String name) {
    return bundled(name, CudaLibraries.class.getClassLoader());
  }

  static Optional<URL> bundled(String name, ClassLoader classPath) {
    return Optional.ofNullable(classPath.getResource(FOLDER + name));
  }

  /**
   * Returns whether the class path contains any bundled library; without the jar the libraries are
   * expected on the system.
   */
  static boolean anyBundled(ClassLoader classPath) {
    return bundled(NAMES.get(0), classPath).isPresent();
  }
}
