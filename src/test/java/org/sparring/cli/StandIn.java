package org.sparring.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.sparring.natives.XlaToolkit;

/**
 * Runs the command line on TensorFlow's GPU natives and a driver that is not there ({@code
 * src/test/native}): where things are placed, what is allocated and copied can be checked, times
 * and values cannot.
 */
final class StandIn {
  private static final String NATIVES = "tensorflow-core-native-[0-9.]+-linux-x86_64(-gpu)?\\.jar";

  /** Where what is missing fails the tests. */
  private static final boolean REQUIRED = "required".equals(System.getProperty("sparring.standIn"));

  private static final Set<String> REPORTED = new HashSet<>();

  private final Path folder;
  private final Path natives;
  private final Path libraries;

  /** The exit code, the output, and the log of calls to the card, of a command. */
  public record Result(int code, String out, String err, List<String> log) {
    /** GPU and bytes of each large allocation. */
    List<long[]> allocations() {
      return log.stream()
          .filter(line -> line.startsWith("alloc "))
          .map(line -> line.split(" "))
          .map(words -> new long[] {Long.parseLong(words[1]), Long.parseLong(words[2])})
          .toList();
    }

    long copiesToTheHost() {
      return count("to_host");
    }

    /** Copies of 1 MiB or more within the memory of a card. */
    long largeCopiesOnTheDevice() {
      return count("on_device");
    }

    /** Kernels that TensorFlow launched itself, without those of cuDNN and cuBLAS. */
    long launches() {
      return count("launches");
    }

    /** The number behind a name on the last line. */
    private long count(String name) {
      List<String> words = List.of(log.get(log.size() - 1).split(" "));
      return Long.parseLong(words.get(words.indexOf(name) + 1));
    }
  }

  /** Builds it in a folder, or passes the tests over where something is missing. */
  StandIn(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    for (String tool : List.of("gcc", "nm")) {
      require(isOnPath(tool), "no " + tool + ": install gcc and binutils");
    }
    natives = Files.createDirectories(folder.resolve("natives"));
    Path jar = gpuJar();
    require(
        Files.exists(jar),
        "no GPU natives, "
            + jar.getFileName()
            + ": mvn dependency:get -Dartifact=org.tensorflow:tensorflow-core-native:"
            + jar.getParent().getFileName()
            + ":jar:linux-x86_64-gpu -Dtransitive=false");
    unpack(jar);
    libraries = folder.resolve("libraries");
    int code =
        new ProcessBuilder(
                "bash",
                "src/test/native/build.sh",
                natives.resolve("org/tensorflow/internal/c_api/linux-x86_64-gpu").toString(),
                libraries.toString())
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException("build.sh ended with " + code);
    }
  }

  /** Passes the test over where no kernel could be compiled. */
  static Path libdevice() {
    Optional<XlaToolkit> toolkit = XlaToolkit.findLibdevice();
    require(toolkit.isPresent(), "no libdevice: pip install nvidia-cuda-nvcc-cu12");
    return toolkit.get().folder();
  }

  /** Fails, or passes the test over and says why on one line, the first time. */
  private static void require(boolean holds, String lack) {
    if (!holds && REQUIRED) {
      throw new IllegalStateException("the stand-in cannot be built: " + lack);
    }
    if (!holds && REPORTED.add(lack)) {
      System.out.println("StandInTest is passed over: " + lack);
    }
    assumeTrue(holds, lack);
  }

  /**
   * @param settings of the environment, which is otherwise empty
   */
  Result run(Map<String, String> settings, String... command)
      throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    Files.deleteIfExists(log);
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.add("-Xmx1g");
    words.add("-Dorg.bytedeco.javacpp.platform.extension=-gpu");
    words.add("-Duser.home=" + folder);
    words.addAll(List.of("-cp", classPath(), Main.class.getName()));
    words.addAll(List.of(command));
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().clear();
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().put("LD_LIBRARY_PATH", libraries.toString());
    builder.environment().put("STANDIN_LOG", log.toString());
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
    builder.environment().put("TF_CUDNN_USE_FRONTEND", "0");
    builder.environment().putAll(settings);
    int code = builder.start().waitFor();
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return new Result(code, text("out"), text("err"), lines);
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
  }

  /** This one's, with the GPU's natives in place of the CPU's. */
  private String classPath() {
    return Stream.concat(
            Stream.of(natives.toString()),
            entries().filter(entry -> !Path.of(entry).getFileName().toString().matches(NATIVES)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Stream<String> entries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator));
  }

  /** The folder in which Maven puts it: next to the natives of the CPU. */
  private static Path gpuJar() {
    Path jar =
        entries()
            .map(Path::of)
            .filter(entry -> entry.getFileName().toString().matches(NATIVES))
            .findFirst()
            .orElse(Path.of("tensorflow-core-native.jar"));
    String name = jar.getFileName().toString().replaceFirst("(-gpu)?\\.jar$", "-gpu.jar");
    return jar.resolveSibling(name);
  }

  private void unpack(Path jar) throws IOException {
    try (InputStream file = Files.newInputStream(jar);
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = natives.resolve(entry.getName()).normalize();
        if (!entry.isDirectory() && target.startsWith(natives)) {
          Files.createDirectories(target.getParent());
          Files.copy(zip, target);
        }
      }
    }
  }

  private static boolean isOnPath(String tool) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
  }
}
