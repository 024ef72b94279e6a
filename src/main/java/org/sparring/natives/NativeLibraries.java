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
 * Prepares the process for TensorFlow's natives: selects the flavour that is on the class path and,
 * for the GPU flavour, opens the CUDA libraries on the class path, so that the machine needs only
 * NVIDIA's driver. {@link #load} must run before the first class of TensorFlow.
 */
public final class NativeLibraries {
  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";

  private static final String PHYSICAL_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

  private static boolean loaded;
  private static RuntimeException failure;

  private final ClassLoader classPath;
  private final boolean driver;
  private final Consumer<URL> opener;

  NativeLibraries(ClassLoader classPath, boolean driver, Consumer<URL> opener) {
    this.classPath = classPath;
    this.driver = driver;
    this.opener = opener;
  }

  /**
   * Prepares the natives once per process; further calls do nothing. If the GPU cannot be used, one
   * line in the log says why, and TensorFlow computes on the CPU. TensorFlow's messages on standard
   * error are suppressed only if the system property {@code sparring.quiet} is {@code true}.
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
    if (failure != null) {
      throw failure; // JavaCPP has read its properties, so a second try would not differ
    }
    if (!loaded) {
      loaded = true;
      try {
        open(options);
      } catch (RuntimeException e) {
        failure = e;
        throw e;
      }
    }
  }

  private static void open(SessionOptions options) {
    Optional<NativeFolder> folder = NativeFolder.ofThisProcess();
    folder.ifPresentOrElse(NativeFolder::prepare, MissingNatives::refuse);
    PlainDigits.require();
    NativeChatter.lowerLevel();
    NativeCache.secure();
    liftPhysicalLimit();
    if (hasDriver()) {
      KernelCompiler.prepare();
    }
    new NativeLibraries(NativeLibraries.class.getClassLoader(), hasDriver(), NativeLibraries::open)
        .prepare()
        // create the logger only if there is something to log: it takes a tenth of the start-up
        // time
        .ifPresent(reason -> LogManager.getLogger(NativeLibraries.class).warn(reason));
    folder.ifPresent(NativeFolder::open);
    NativeChatter.muteFirstSession(options);
  }

  /** Returns whether the natives are of the GPU flavour and a driver is present. */
  public static boolean hasDriver() {
    return Flavour.onClassPath() == Flavour.GPU
        && (new NvidiaDriver().isPresent() || CudaDriver.isThere());
  }

  /**
   * Removes JavaCPP's limit: JavaCPP refuses allocations once the process uses four times the Java
   * heap. TensorFlow's memory is unrelated to the heap, and after the first refusal every later
   * allocation fails too, even while closing.
   */
  private static void liftPhysicalLimit() {
    if (System.getProperty(PHYSICAL_LIMIT) == null) {
      System.setProperty(PHYSICAL_LIMIT, "0");
    }
  }

  /** Returns the reason why the GPU cannot be used, if the class path has the GPU flavour. */
  Optional<String> prepare() {
    if (Flavour.in(classPath) != Flavour.GPU) {
      return Optional.empty();
    }
    if (System.getProperty(EXTENSION) == null) {
      System.setProperty(EXTENSION, Flavour.GPU.extension());
    }
    if (!driver) {
      // before unpacking gigabytes of libraries, which are useless without a driver
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
