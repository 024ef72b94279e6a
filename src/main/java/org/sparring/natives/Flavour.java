package org.sparring.natives;

import java.net.URL;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;

/** The build of TensorFlow's native libraries on the class path. */
public enum Flavour {
  /** The natives with CUDA: {@code tensorflow-core-native}, classifier {@code linux-x86_64-gpu}. */
  GPU("-gpu", "libtensorflow_cc.so.2"),
  /** The natives of this platform without CUDA. */
  CPU("", "libtensorflow_cc.so.2"),
  /** No natives for this platform; TensorFlow cannot run. */
  NONE("", "");

  private static final String FOLDER = "org/tensorflow/internal/c_api/";

  private final String extension;
  private final String library;

  Flavour(String extension, String library) {
    this.extension = extension;
    this.library = library;
  }

  /** Returns the suffix that JavaCPP appends to the platform's name to find these natives. */
  public String extension() {
    return extension;
  }

  /** Returns the location of TensorFlow's library of this flavour on the class path. */
  public Optional<URL> location() {
    return location(Flavour.class.getClassLoader());
  }

  /**
   * Returns the flavour on the class path. If both are there, returns the GPU's, because someone
   * must have added it on purpose.
   */
  public static Flavour onClassPath() {
    return in(Flavour.class.getClassLoader());
  }

  static Flavour in(ClassLoader classPath) {
    if (GPU.location(classPath).isPresent()) {
      return GPU;
    }
    return CPU.location(classPath).isPresent() ? CPU : NONE;
  }

  private Optional<URL> location(ClassLoader classPath) {
    if (this == NONE) {
      return Optional.empty();
    }
    NativeFolder.announce();
    String folder = FOLDER + Loader.getPlatform() + extension + "/";
    URL linux = classPath.getResource(folder + library);
    return Optional.ofNullable(linux).or(() -> macLibrary(classPath, folder));
  }

  private static Optional<URL> macLibrary(ClassLoader classPath, String folder) {
    return Optional.ofNullable(classPath.getResource(folder + "libtensorflow_cc.2.dylib"));
  }
}
