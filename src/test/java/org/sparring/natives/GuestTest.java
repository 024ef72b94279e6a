package org.sparring.natives;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.sparring.errors.GraphException;
import org.sparring.graph.ScratchGraph;

/** How the library behaves inside an application: each test starts one in its own process. */
class GuestTest {
  private static final String LEVEL = "TF_CPP_MIN_LOG_LEVEL";
  private static final String QUIET = "-Dsparring.quiet=true";

  @Test
  void messagesOfTensorFlowAreSuppressedOnlyOnRequest() throws Exception {
    assertTrue(errors(null).contains("MLIR"), "expected messages without a request");
    assertEquals("", errors(null, QUIET));
  }

  /** The variable is TensorFlow's own filter; it must not close standard error. */
  @Test
  void theVariableAloneIsNoRequest() throws Exception {
    assertTrue(errors("3").contains("MLIR"));
  }

  @Test
  void aLevelOfZeroOverridesTheRequest() throws Exception {
    assertTrue(errors("0", QUIET).contains("MLIR"));
  }

  @Test
  void withoutNativesTheMissingDependencyIsNamed() throws Exception {
    Predicate<String> natives = entry -> entry.matches(".*tensorflow-core-native-.*-(linux|mac).*");
    String errors = errors(null, natives.negate());
    String platform = Loader.getPlatform();
    assertTrue(errors.contains(MissingNatives.message(platform)), errors);
    assertTrue(errors.contains(GraphException.class.getName()), errors);
  }

  private static String errors(String level, String... options) throws Exception {
    return errors(level, entry -> true, options);
  }

  private static String errors(String level, Predicate<String> classPath, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-Xshare:auto", "-cp", entries(classPath), Guest.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove(LEVEL);
    if (level != null) {
      builder.environment().put(LEVEL, level);
    }
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);
    process.waitFor();
    return errors;
  }

  private static String entries(Predicate<String> wanted) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(wanted)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** An application that makes a session. */
  static final class Guest {
    private Guest() {}

    public static void main(String[] arguments) {
      NativeLibraries.load();
      try (ScratchGraph graph = new ScratchGraph()) {
        graph.run(graph.tf().noOp());
      }
    }
  }
}
