package org.sparring.doctor;

import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sparring.natives.CudaLibraries;
import org.sparring.natives.Flavour;

/**
 * Searches for each library of CUDA and cuDNN.
 *
 * @param flavour of the natives; the CPU flavour opens none of these libraries
 * @param bundled looks for a library on the class path
 * @param folders folders in which the system's loader may find a library
 */
record CudaProbe(Flavour flavour, Function<String, Optional<URL>> bundled, List<Path> folders)
    implements DoctorProbe {

  @Override
  public List<Finding> look() {
    List<Finding> findings = CudaLibraries.NAMES.stream().map(this::one).toList();
    boolean any = findings.stream().anyMatch(finding -> finding.state() == Finding.State.OK);
    return any ? findings : List.of(none());
  }

  private Finding one(String name) {
    return place(name)
        .map(place -> Finding.ok("CUDA", name + ", " + place))
        .orElseGet(() -> Finding.note("CUDA", name + " is missing", advice()));
  }

  /** Returns a single finding for the common case that all libraries are missing. */
  private Finding none() {
    return Finding.note("CUDA", "missing: " + String.join(" ", CudaLibraries.NAMES), advice());
  }

  private String advice() {
    return flavour == Flavour.GPU
        ? "Build with `-Pgpu`, which adds the cuda jar (a bundle: `pack.sh --cuda`), or install CUDA 12"
            + " and cuDNN 9."
        : "Only for a GPU: `./sparring --gpu` brings them.";
  }

  private Optional<String> place(String name) {
    return bundled
        .apply(name)
        .map(url -> "on the class path")
        .or(() -> inFolder(name).map(Path::toString));
  }

  private Optional<Path> inFolder(String name) {
    return folders.stream().map(folder -> folder.resolve(name)).filter(Files::exists).findFirst();
  }

  /** Returns the folders into which CUDA toolkits and distributions install libraries. */
  static List<Path> systemFolders(Map<String, String> environment) {
    String own = environment.getOrDefault("LD_LIBRARY_PATH", "");
    return Stream.concat(
            Arrays.stream(own.split(":")).filter(folder -> !folder.isEmpty()),
            Stream.of("/usr/local/cuda/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib64"))
        .map(Path::of)
        .toList();
  }
}
