package org.sparring.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.exports.Checksums;

/** A model that is asked for long needs no more memory than one that was asked a little. */
@EnabledOnOs(OS.LINUX)
class SteadyModelTest {
  /** The smallest piece that malloc gives: a call that leaves a tensor behind leaves more. */
  private static final double GROWTH = 32;

  /** A model in memory that was left behind is larger: its graph alone has some hundred nodes. */
  private static final long GROWTH_KIB_A_LOAD = 64;

  private static final long MOST_THREADS = 40;

  @TempDir private Path folder;

  @Test
  void memoryStaysFlatOverTenThousandCalls() throws Exception {
    TinyModels.conditional(folder).close();
    List<String> out = run(DrawSoak.class, folder.toString(), "1500", "4000");
    double growth = Double.parseDouble(out.get(out.size() - 1));
    System.out.println("resident memory of a model's calls: " + growth + " bytes a round");
    assertTrue(growth < GROWTH, growth + " bytes a round");
  }

  /** {@code -Dsparring.loads} gives the number of cycles. */
  @Tag("long")
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void loadingSamplingAndClosingLeavesNothingBehind(boolean damaged) throws Exception {
    loads(Integer.getInteger("sparring.loads", 60), 20, damaged);
  }

  /** Without checksums, so that damage reaches TensorFlow's own loader. */
  private void loads(int cycles, int warm, boolean damaged) throws Exception {
    TinyModels.plain(folder).close();
    if (damaged) {
      Files.delete(folder.resolve("saved_model").resolve(Checksums.FILE));
    }
    List<String> out =
        run(
            LoadSoak.class,
            folder.resolve("saved_model").toString(),
            warm + "",
            cycles + "",
            damaged + "");
    String[] last = out.get(out.size() - 1).split(" ", 2);
    System.out.println(cycles + " loads, damaged " + damaged + ": " + out.get(out.size() - 2));
    assertTrue(Long.parseLong(last[0]) < GROWTH_KIB_A_LOAD * cycles, last[0] + " KiB");
    assertTrue(Long.parseLong(last[1]) < MOST_THREADS, last[1] + " threads");
  }

  /** The limit that JavaCPP would set is four times the heap. */
  @Tag("long")
  @Test
  void aDrawThatTheHeapHasNoRoomForLeavesTheModelUsable() throws Exception {
    TinyModels.plain(folder).close();
    List<String> out = run("-Xmx256m", SmallHeapDraw.class, folder.toString());
    System.out.println("with -Xmx256m: " + out);
    String refused = "8000 generated, then refused: expected samples that Java's heap has room for";
    assertTrue(out.get(0).startsWith(refused), out.toString());
    assertEquals("the same afterwards: true", out.get(1));
    assertEquals("closed", out.get(2));
  }

  private List<String> run(Class<?> main, String... arguments) throws Exception {
    return run("-Xmx64m", main, arguments);
  }

  private List<String> run(String heap, Class<?> main, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms64m", heap, "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"));
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Process process = builder.redirectError(folder.resolve("err").toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    int code = process.waitFor();
    assertEquals(0, code, () -> "see " + folder.resolve("err"));
    return out.lines().toList();
  }
}
