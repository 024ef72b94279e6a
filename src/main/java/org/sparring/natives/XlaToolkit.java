package org.sparring.natives;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parts of a CUDA toolkit with which TensorFlow compiles for a GPU: libdevice, a library of
 * mathematical functions, and ptxas, the assembler. The jar of CUDA libraries contains neither. XLA
 * needs both. Kernels that TensorFlow compiles without XLA need only libdevice, because the driver
 * assembles them. Compiling for a CPU needs neither.
 *
 * @param folder contains {@value #LIBDEVICE}, and {@value #PTXAS} if XLA can compile
 */
public record XlaToolkit(Path folder) {
  static final String LIBDEVICE = "nvvm/libdevice/libdevice.10.bc";
  static final String PTXAS = "bin/ptxas";

  private static final String FLAGS = "XLA_FLAGS";
  private static final String FOLDER_FLAG = "--xla_gpu_cuda_data_dir=";
  private static final List<String> VARIABLES = List.of("CUDA_HOME", "CUDA_PATH", "CUDA_ROOT");

  private static final String WHEELS = "nvidia/{cuda_nvcc,cu13}";

  /**
   * Environment variables that point to a Python environment or to the user's home folder, and the
   * package folders below.
   */
  private static final Map<String, String> ENVIRONMENTS =
      Map.of(
          "VIRTUAL_ENV", "lib/python3*/site-packages/" + WHEELS,
          "CONDA_PREFIX", "lib/python3*/site-packages/" + WHEELS,
          "HOME", ".local/lib/python3*/site-packages/" + WHEELS);

  /**
   * Common folders of CUDA toolkits, of distributions' packages, and of Python packages of CUDA 12
   * and 13.
   */
  private static final List<String> PLACES =
      List.of(
          "usr/local/cuda",
          "usr/local/cuda-*",
          "opt/cuda",
          "usr/lib/cuda",
          "usr/lib/nvidia-cuda-toolkit",
          "usr/lib/python3*/{site,dist}-packages/" + WHEELS,
          "usr/local/lib/python3*/{site,dist}-packages/" + WHEELS);

  /** Returns the first toolkit on this machine that has both libdevice and ptxas. */
  public static Optional<XlaToolkit> find() {
    return find(System.getenv(), Path.of("/"));
  }

  static Optional<XlaToolkit> find(Map<String, String> environment, Path root) {
    return all(environment, root).filter(XlaToolkit::hasAssembler).findFirst();
  }

  /** Returns the toolkit of {@link #find}, or else the first one that has only libdevice. */
  public static Optional<XlaToolkit> findLibdevice() {
    return findLibdevice(System.getenv(), Path.of("/"));
  }

  static Optional<XlaToolkit> findLibdevice(Map<String, String> environment, Path root) {
    return find(environment, root).or(() -> all(environment, root).findFirst());
  }

  private static Stream<XlaToolkit> all(Map<String, String> environment, Path root) {
    return candidates(environment, root)
        .filter(folder -> Files.isRegularFile(folder.resolve(LIBDEVICE)))
        .map(XlaToolkit::new);
  }

  /** Returns whether the toolkit has ptxas, so that XLA can compile for a GPU. */
  public boolean hasAssembler() {
    return Files.isRegularFile(folder.resolve(PTXAS));
  }

  /**
   * Passes the folder to XLA through the process environment. Call it before the first session that
   * compiles. A folder in the user's own {@code XLA_FLAGS} takes precedence.
   */
  public void announce() {
    String flags = Objects.requireNonNullElse(System.getenv(FLAGS), "");
    if (!flags.contains(FOLDER_FLAG)) {
      String all = (flags + " " + FOLDER_FLAG + folder).strip();
      Environment.set(FLAGS, all);
    }
  }

  private static Stream<Path> candidates(Map<String, String> environment, Path root) {
    Stream<Path> configured =
        Stream.concat(
                flagged(environment.getOrDefault(FLAGS, "")),
                VARIABLES.stream().map(environment::get).filter(Objects::nonNull))
            .map(Path::of);
    Stream<Path> onPath =
        Arrays.stream(environment.getOrDefault("PATH", "").split(":"))
            .map(Path::of)
            .map(Path::getParent)
            .filter(Objects::nonNull);
    Stream<Path> usual = PLACES.stream().flatMap(place -> matching(root, place));
    Stream<Path> environments =
        Stream.of("VIRTUAL_ENV", "CONDA_PREFIX", "HOME")
            .filter(environment::containsKey)
            .flatMap(name -> matching(Path.of(environment.get(name)), ENVIRONMENTS.get(name)));
    Stream<Path> python =
        Stream.of(environment.getOrDefault("PATH", ""))
            .flatMap(path -> PythonPackages.folders(path).stream())
            .flatMap(folder -> matching(folder, WHEELS));
    return Stream.of(configured, environments, onPath, usual, python).flatMap(folders -> folders);
  }

  /** Returns the toolkit folder in the user's XLA flags, if any. */
  private static Stream<String> flagged(String flags) {
    return Arrays.stream(flags.split("\\s+"))
        .filter(flag -> flag.startsWith(FOLDER_FLAG))
        .map(flag -> flag.substring(FOLDER_FLAG.length()));
  }

  /** Returns the folders that match a pattern, in descending order of their names. */
  private static Stream<Path> matching(Path root, String pattern) {
    Stream<Path> found = Stream.of(root);
    for (String name : pattern.split("/")) {
      found = found.flatMap(folder -> named(folder, name));
    }
    return found;
  }

  private static Stream<Path> named(Path folder, String pattern) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (var entries = Files.newDirectoryStream(folder, pattern)) {
      List<Path> sorted = new ArrayList<>();
      entries.forEach(sorted::add);
      sorted.sort(Comparator.reverseOrder());
      return sorted.stream();
    } catch (IOException | DirectoryIteratorException e) {
      // XLA could not read a folder that cannot be listed
      return Stream.empty();
    }
  }
}
