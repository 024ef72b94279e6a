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
 * What a CUDA toolkit has that TensorFlow compiles for a GPU with: libdevice, the mathematical
 * functions that it links into kernels, and ptxas, the assembler. The jar of CUDA libraries has
 * neither. XLA needs both; kernels that TensorFlow compiles without XLA need libdevice alone, and
 * the driver assembles them. For a CPU nothing of it is needed.
 *
 * @param folder that holds {@value #LIBDEVICE}, and {@value #PTXAS} where XLA is to compile
 */
public record XlaToolkit(Path folder) {
  static final String LIBDEVICE = "nvvm/libdevice/libdevice.10.bc";
  static final String PTXAS = "bin/ptxas";

  private static final String FLAGS = "XLA_FLAGS";
  private static final String FOLDER_FLAG = "--xla_gpu_cuda_data_dir=";
  private static final List<String> VARIABLES = List.of("CUDA_HOME", "CUDA_PATH", "CUDA_ROOT");

  private static final String WHEELS = "nvidia/{cuda_nvcc,cu13}";

  /** Environments of Python, and the user's own packages below the home folder. */
  private static final Map<String, String> ENVIRONMENTS =
      Map.of(
          "VIRTUAL_ENV", "lib/python3*/site-packages/" + WHEELS,
          "CONDA_PREFIX", "lib/python3*/site-packages/" + WHEELS,
          "HOME", ".local/lib/python3*/site-packages/" + WHEELS);

  /** Where toolkits and distributions put theirs, and Python's packages of CUDA 12 and 13. */
  private static final List<String> PLACES =
      List.of(
          "usr/local/cuda",
          "usr/local/cuda-*",
          "opt/cuda",
          "usr/lib/cuda",
          "usr/lib/nvidia-cuda-toolkit",
          "usr/lib/python3*/{site,dist}-packages/" + WHEELS,
          "usr/local/lib/python3*/{site,dist}-packages/" + WHEELS);

  /** The first one on this machine that has both. */
  public static Optional<XlaToolkit> find() {
    return find(System.getenv(), Path.of("/"));
  }

  static Optional<XlaToolkit> find(Map<String, String> environment, Path root) {
    return all(environment, root).filter(XlaToolkit::hasAssembler).findFirst();
  }

  /** Returns the same toolkit, or else the first one that only has libdevice. */
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

  /** Whether XLA has all that it needs here. */
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
    Stream<Path> told =
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
    return Stream.of(told, environments, onPath, usual, python).flatMap(folders -> folders);
  }

  /** What the user's flags for XLA say of it. */
  private static Stream<String> flagged(String flags) {
    return Arrays.stream(flags.split("\\s+"))
        .filter(flag -> flag.startsWith(FOLDER_FLAG))
        .map(flag -> flag.substring(FOLDER_FLAG.length()));
  }

  /** The folders of a pattern, the last in the order of names first. */
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
      // what cannot be listed is no place that XLA could read
      return Stream.empty();
    }
  }
}
