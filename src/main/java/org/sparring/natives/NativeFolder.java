package org.sparring.natives;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.sparring.errors.GraphException;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * A folder that contains TensorFlow's native libraries as files, named by the system property
 * {@value #PROPERTY}. The libraries are opened where they are. Without the property, JavaCPP
 * unpacks 650 MB into a cache of each user, and searches the whole class path in every process.
 *
 * @param path the folder
 */
record NativeFolder(Path path) {
  static final String PROPERTY = "sparring.natives";

  private static final String JAVACPP = "org.bytedeco.javacpp.";

  /** Returns the folder that the property names; empty if the property is not set or blank. */
  static Optional<NativeFolder> ofThisProcess() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .filter(name -> !name.isBlank())
        .map(name -> new NativeFolder(Path.of(name).toAbsolutePath()));
  }

  /**
   * Lets JavaCPP find the folder before the jar, also where a program uses TensorFlow before
   * Sparring opens the folder. JavaCPP reads these properties only once, so call this before the
   * first use of {@link Loader}.
   */
  static void announce() {
    ofThisProcess()
        .ifPresent(
            folder -> {
              unlessSet("pathsFirst", "true");
              unlessSet("platform.preloadpath", folder.path.toString());
            });
  }

  private static void unlessSet(String property, String value) {
    if (System.getProperty(JAVACPP + property) == null) {
      System.setProperty(JAVACPP + property, value);
    }
  }

  /**
   * Throws if a library is missing. Then switches off JavaCPP's search for libraries, unless the
   * user has set {@code org.bytedeco.javacpp.findLibraries} or JavaCPP is already in use; call
   * {@link #open} next.
   *
   * @throws GraphException naming the first missing file
   */
  void prepare() {
    files(System.getProperty("os.name")).values().forEach(NativeFolder::require);
    announce();
    unlessSet("findLibraries", "false");
  }

  /**
   * Opens the libraries in the order of their dependencies.
   *
   * @throws GraphException if a library cannot be opened
   */
  void open() {
    files(System.getProperty("os.name")).forEach(NativeFolder::load);
  }

  /**
   * Returns the files by the names that JavaCPP looks up.
   *
   * @param system name of the operating system, as in {@code os.name}
   */
  Map<String, Path> files(String system) {
    String form = system.startsWith("Mac") ? "lib%s.2.dylib" : "lib%s.so.2";
    Map<String, Path> files = new LinkedHashMap<>();
    for (String name : new String[] {"tensorflow_framework", "tensorflow_cc"}) {
      files.put(name + "@.2", path.resolve(String.format(form, name)));
    }
    files.put("jnitensorflow", path.resolve(form.replace(".2", "").formatted("jnitensorflow")));
    return files;
  }

  private static void require(Path file) {
    if (!Files.isReadable(file)) {
      throw new GraphException(
          PROPERTY
              + ": expected the library "
              + file.getFileName()
              + ", found none that can be read in "
              + file.getParent()
              + "\nUnpack the files lib* of tensorflow-core-native there, or remove the property.");
    }
  }

  private static void load(String name, Path file) {
    try {
      Loader.loadLibrary(tensorflow.class, new URL[] {file.toUri().toURL()}, name);
    } catch (MalformedURLException | UnsatisfiedLinkError e) {
      throw new GraphException(
          PROPERTY
              + ": cannot open "
              + file
              + ": "
              + e.getMessage()
              + "\nUse the natives of this platform, in the version of tensorflow-core-api.",
          e);
    }
  }
}
