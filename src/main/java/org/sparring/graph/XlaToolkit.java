package org.sparring.graph;

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
 * What XLA needs of a CUDA toolkit to compile for a GPU: libdevice, the mathematical functions that
 * it links into its kernels, and ptxas, the assembler. The jar of CUDA libraries has neither. For a
 * CPU XLA needs nothing.
 *
 * @param folder that holds {@value #LIBDEVICE} and {@value #PTXAS}
 */
public record XlaToolkit(Path folder) {
  static final String LIBDEVICE = "nvvm/libdevice/libdevice.10.bc";
  static final String PTXAS = "bin/ptxas";

  private static final String FLAGS = "XLA_FLAGS";
  private static final String FOLDER_FLAG = "--xla_gpu_cuda_data_dir=";
  private static final List<String> VARIABLES = List.of("CUDA_HOME", "CUDA_PATH", "CUDA_ROOT");

  /** Where toolkits and distributions put theirs, and Python's packages of CUDA 12 and 13. */
  private static final List<String> PLACES =
      List.of(
          "usr/local/cuda",
          "usr/local/cuda-*",
          "opt/cuda",
          "usr/lib/cuda",
          "usr/lib/nvidia-cuda-toolkit",
          "usr/lib/python3*/{site,dist}-packages/nvidia/{cuda_nvcc,cu13}",
          "usr/local/lib/python3*/{site,dist}-packages/nvidia/{cuda_nvcc,cu13}");

  /** The first one on this machine that has both. */
  public static Optional<XlaToolkit> find() {
    return find(System.getenv(), Path.of("/"));
  }

  static Optional<XlaToolkit> find(Map<String, String> environment, Path root) {
    return candidates(environment, root)
        .filter(folder -> Files.isRegularFile(folder.resolve(LIBDEVICE)))
        .filter(folder -> Files.isRegularFile(folder.resolve(PTXAS)))
        .findFirst()
        .map(XlaToolkit::new);
  }

  /**
   * Tells XLA of the folder, through the environment of the process: before the first session that
   * compiles. What the user's own {@code XLA_FLAGS} say of it stays.
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
    return Stream.of(told, onPath, usual).flatMap(folders -> folders);
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
