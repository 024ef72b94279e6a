package org.sparring.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what the kernel reports about NVIDIA's driver, without opening the driver. */
public final class NvidiaDriver {
  /** The oldest driver on which CUDA 12 runs (CUDA release notes, minor version compatibility). */
  public static final String MINIMUM = "525.60.13";

  private static final Pattern VERSION = Pattern.compile("\\s(\\d{3,}\\.\\d+(?:\\.\\d+)*)\\s");
  private static final Pattern MODEL = Pattern.compile("(?m)^Model:\\s*(.+?)\\s*$");

  private final Path root;

  /** The driver of this machine. */
  public NvidiaDriver() {
    this(Path.of("/"));
  }

  /** The driver of the machine whose files begin at {@code root}. */
  public NvidiaDriver(Path root) {
    this.root = root;
  }

  /**
   * Returns whether there is a driver. A container may only have its device file, and WSL uses the
   * driver of Windows.
   */
  public boolean isPresent() {
    return Stream.of("proc/driver/nvidia/version", "dev/nvidiactl", "usr/lib/wsl/lib/libcuda.so.1")
        .anyMatch(path -> Files.exists(root.resolve(path)));
  }

  /** Returns the version, such as {@code 550.54.15}; empty if the kernel does not report it. */
  public Optional<String> version() {
    Matcher found = VERSION.matcher(text(root.resolve("proc/driver/nvidia/version")));
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /** Returns the models of the GPUs, such as {@code NVIDIA H100}. */
  public List<String> gpus() {
    Path folder = root.resolve("proc/driver/nvidia/gpus");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> gpus = Files.list(folder)) {
      return gpus.sorted().map(gpu -> model(text(gpu.resolve("information")))).toList();
    } catch (IOException e) {
      // the folder is gone or not readable: nothing is known
      return List.of();
    }
  }

  /** Returns whether a driver of this version supports CUDA 12. */
  public static boolean isRecentEnough(String version) {
    return Arrays.compare(numbers(version), numbers(MINIMUM)) >= 0;
  }

  private static int[] numbers(String version) {
    return Pattern.compile("\\.").splitAsStream(version).mapToInt(Integer::parseInt).toArray();
  }

  private static String model(String information) {
    Matcher found = MODEL.matcher(information);
    return found.find() ? found.group(1) : "unknown model";
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
