package org.sparring.natives;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.logging.log4j.LogManager;
import org.bytedeco.javacpp.Loader;
import org.sparring.errors.GraphException;

/**
 * Prepares the process for TensorFlow's natives: chooses the flavour the class path holds and, for
 * the GPU's, opens the CUDA libraries that the class path carries, so that a machine needs NVIDIA's
 * driver alone. {@link #load} must run before the first class of TensorFlow.
 */
public final class NativeLibraries {
  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";

  private static final String PHYSICAL_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

  private static boolean loaded;

  private final ClassLoader classPath;
  private final boolean driver;
  private final Consumer<URL> opener;

  NativeLibraries(ClassLoader classPath, boolean driver, Consumer<URL> opener) {
    this.classPath = classPath;
    this.driver = driver;
    this.opener = opener;
  }

  /**
   * Prepares the natives, once a process; further calls do nothing. What keeps the GPU out is one
   * line in the log, and the CPU takes over. TensorFlow's messages on standard error are suppressed
   * only if the system property {@code sparring.quiet} is {@code true}.
   *
   * @throws GraphException if the class path has no natives of this platform
   */
  public static void load() {
    load(SessionOptions.CPU);
  }

  /**
   * Loads the libraries before sessions with these options; the first session sets the process's
   * thread counts.
   */
  public static synchronized void load(SessionOptions options) {
    if (!loaded) {
      MissingNatives.refuse();
      loaded = true;
      PlainDigits.require();
      NativeChatter.lowerLevel();
      NativeCache.secure();
      liftPhysicalLimit();
      if (hasDriver()) {
        KernelCompiler.prepare();
      }
      new NativeLibraries(
              NativeLibraries.class.getClassLoader(), hasDriver(), NativeLibraries::open)
          .prepare()
          // a logger only where there is something to log: it costs a tenth of the start
          .ifPresent(reason -> LogManager.getLogger(NativeLibraries.class).warn(reason));
      NativeChatter.muteFirstSession(options);
    }
  }

  /** Whether there is a driver for the natives to open; the CPU's natives open none. */
  public static boolean hasDriver() {
    return Flavour.onClassPath() == Flavour.GPU
        && (new NvidiaDriver().isPresent() || CudaDriver.isThere());
  }

  /**
   * JavaCPP refuses every allocation once the process has taken four times the Java heap. The
   * memory is TensorFlow's and unrelated to the heap; and the first refusal is also that of each
   * later one, of closing included.
   */
  private static void liftPhysicalLimit() {
    if (System.getProperty(PHYSICAL_LIMIT) == null) {
      System.setProperty(PHYSICAL_LIMIT, "0");
    }
  }

  /** What keeps the GPU out, if the class path asks for it. */
  Optional<String> prepare() {
    if (Flavour.in(classPath) != Flavour.GPU) {
      return Optional.empty();
    }
    if (System.getProperty(EXTENSION) == null) {
      System.setProperty(EXTENSION, Flavour.GPU.extension());
    }
    if (!driver) {
      // before unpacking: the libraries are gigabytes, and of no use without a driver
      return Optional.of(
          "No NVIDIA driver on this machine: computing on the CPU. For the GPU install driver "
              + NvidiaDriver.MINIMUM
              + " or newer.");
    }
    return CudaLibraries.anyBundled(classPath) ? openAll() : Optional.empty();
  }

  private Optional<String> openAll() {
    List<String> failed = new ArrayList<>();
    for (String name : CudaLibraries.BUNDLED) {
      failure(name).ifPresent(failed::add);
    }
    return failed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "CUDA libraries did not load: "
                + String.join(", ", failed)
                + ". The GPU may stay unused; the checks of the machine (doctor) say more.");
  }

  private Optional<String> failure(String name) {
    Optional<URL> library = CudaLibraries.bundled(name, classPath);
    if (library.isEmpty()) {
      return Optional.of(name + " (not in the cuda jar)");
    }
    try {
      opener.accept(library.get());
      return Optional.empty();
    } catch (UnsatisfiedLinkError | UncheckedIOException e) {
      return Optional.of(name + " (" + e.getMessage() + ")");
    }
  }

  /** JavaCPP unpacks a library once and keeps it in the user's cache. */
  private static void open(URL library) {
    try {
      File unpacked = Loader.cacheResource(library);
      System.load(unpacked.getAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
