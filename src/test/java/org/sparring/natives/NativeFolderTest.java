package org.sparring.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.errors.GraphException;
import org.tensorflow.TensorFlow;

class NativeFolderTest {
  @TempDir private Path folder;

  @Test
  void librariesAreListedInTheOrderOfTheirDependencies() {
    NativeFolder natives = new NativeFolder(folder);
    assertEquals(
        List.of("libtensorflow_framework.so.2", "libtensorflow_cc.so.2", "libjnitensorflow.so"),
        names(natives, "Linux"));
    assertEquals(
        List.of(
            "libtensorflow_framework.2.dylib",
            "libtensorflow_cc.2.dylib",
            "libjnitensorflow.dylib"),
        names(natives, "Mac OS X"));
  }

  @Test
  void aMissingLibraryIsNamed() throws IOException {
    for (Path file : new NativeFolder(folder).files("Linux").values()) {
      Files.writeString(file, "no library");
    }
    Path lacking = folder.resolve("libtensorflow_cc.so.2");
    Files.delete(lacking);
    GraphException e = assertThrows(GraphException.class, () -> new NativeFolder(folder).prepare());
    assertTrue(
        e.getMessage()
            .startsWith(
                "sparring.natives: expected the library libtensorflow_cc.so.2, found none that can"
                    + " be read in "
                    + folder
                    + "\n"),
        e.getMessage());
  }

  /** In a new JVM with an empty cache, where JavaCPP would unpack 680 MB. */
  @EnabledOnOs(OS.LINUX)
  @ParameterizedTest
  @ValueSource(strings = {"", "tensorflow-core-native-.*-linux-.*"})
  void nothingIsUnpackedWithOrWithoutTheJar(String leftOut) throws Exception {
    Path natives = linkedNatives();
    Path cache = Files.createDirectory(folder.resolve("cache"));
    assertEquals(
        List.of(natives.toRealPath().toString()), opened(natives, cache, classPath(leftOut)));
    try (var unpacked = Files.list(cache)) {
      assertEquals(List.of(), unpacked.toList());
    }
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void aFileThatIsNoLibraryIsRefusedWithItsName() throws Exception {
    for (Path file : new NativeFolder(folder).files("Linux").values()) {
      Files.writeString(file, "no library");
    }
    String output =
        String.join(
            "\n", opened(folder, Files.createDirectory(folder.resolve("c")), classPath("")));
    assertTrue(
        output.contains(
            "sparring.natives: cannot open " + folder.resolve("libtensorflow_framework.so.2")),
        output);
    assertFalse(output.contains("at org.sparring"), output);
    assertTrue(output.endsWith("again"), output);
  }

  /** As the benchmarks do, which name the version before they compute. */
  @EnabledOnOs(OS.LINUX)
  @Test
  void aProgramThatUsesTensorFlowBeforeSparringFindsTheFolderToo() throws Exception {
    Path natives = linkedNatives();
    Path cache = Files.createDirectory(folder.resolve("cache"));
    assertEquals(
        List.of("2.18.0", natives.toRealPath().toString()),
        opened(natives, cache, classPath(""), "version"));
    try (var unpacked = Files.walk(cache)) {
      assertEquals(List.of(), unpacked.filter(Files::isRegularFile).toList());
    }
  }

  /**
   * Prints the folder of TensorFlow's library that the process has in memory, and with an argument
   * the version first.
   */
  static final class Opener {
    private Opener() {}

    public static void main(String[] arguments) throws IOException {
      try {
        if (arguments.length > 0 && Flavour.onClassPath() != Flavour.NONE) {
          System.out.println(TensorFlow.version());
        }
        Device.list();
        Files.readString(Path.of("/proc/self/maps"))
            .lines()
            .filter(line -> line.contains("libtensorflow_cc"))
            .map(line -> Path.of(line.substring(line.indexOf('/'))).getParent().toString())
            .distinct()
            .forEach(System.out::println);
      } catch (GraphException e) {
        System.out.println(e.getMessage());
        assertEquals(e, assertThrows(GraphException.class, NativeLibraries::load));
        System.out.println("again");
      }
    }
  }

  private static List<String> opened(
      Path natives, Path cache, String classPath, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-Dsparring.quiet=true"));
    command.add("-D" + NativeFolder.PROPERTY + "=" + natives);
    command.add("-Dorg.bytedeco.javacpp.cachedir=" + cache);
    command.addAll(List.of("-cp", classPath, Opener.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), out);
    return out.lines().toList();
  }

  /** The class path of this test without the files whose names match. */
  private static String classPath(String leftOut) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).getFileName().toString().matches(leftOut))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Hard links to this user's cache, or copies on another disk. */
  private Path linkedNatives() throws IOException {
    Path natives = Files.createDirectory(folder.resolve("natives"));
    URL library = Flavour.onClassPath().location().orElseThrow();
    for (Path file : new NativeFolder(natives).files("Linux").values()) {
      String url = library.toString();
      URL sibling = new URL(url.substring(0, url.lastIndexOf('/') + 1) + file.getFileName());
      assertTrue(sibling.openConnection() instanceof JarURLConnection, sibling + "");
      Path cached = Loader.cacheResource(sibling).toPath();
      try {
        Files.createLink(file, cached);
      } catch (IOException | UnsupportedOperationException otherDisk) {
        Files.copy(cached, file);
      }
    }
    return natives;
  }

  private static List<String> names(NativeFolder natives, String system) {
    return natives.files(system).values().stream().map(f -> f.getFileName().toString()).toList();
  }
}
