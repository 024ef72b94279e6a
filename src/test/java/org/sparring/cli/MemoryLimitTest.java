package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.console.ExitCode;
import org.sparring.recipes.TinyRecipe;

/** A training under a limit of its address space, {@code ulimit -v}. */
@EnabledOnOs(OS.LINUX)
class MemoryLimitTest {
  /** Kibibytes: what Java and TensorFlow reserve, and some to compute with. */
  private static final int LIMIT = 8_000_000;

  private static final Pattern ADVICE = Pattern.compile("\nBatch (\\d+) should fit; ");

  @TempDir private Path folder;

  /** oneDNN would end the process where it gets no workspace. */
  @Test
  void aBatchThatDoesNotFitIsRefusedWithOneThatDoes() throws Exception {
    SparringProcess process = training(1 << 17);
    assertEquals(ExitCode.USAGE, process.exitCode(), process.err());
    assertTrue(fitting(process.err()) >= 1, process.err());
    assertTrue(process.err().contains("at batch 131072"), process.err());
    assertEquals(List.of(), crashes());
  }

  @Tag("long")
  @Test
  void theBatchThatIsNamedIsTrained() throws Exception {
    SparringProcess refused = training(1 << 17);
    assertEquals(ExitCode.USAGE, refused.exitCode(), refused.err());
    SparringProcess process = training(fitting(refused.err()));
    assertEquals(ExitCode.DONE, process.exitCode(), process.err());
    assertEquals(List.of(), crashes());
  }

  private static int fitting(String err) {
    Matcher advice = ADVICE.matcher(err);
    assertTrue(advice.find(), err);
    return Integer.parseInt(advice.group(1));
  }

  /** In the test's folder: a JVM that crashes writes its report into the working one. */
  private SparringProcess training(int batch) throws IOException {
    String run = folder.resolve("run-" + batch).toString();
    return SparringProcess.under(
        List.of("sh", "-c", "cd '" + folder + "'; ulimit -v " + LIMIT + "; exec \"$@\"", "sh"),
        folder,
        Main.class,
        TinyRecipe.options("batch=" + batch, "net.width=16", "meters.steps=0"),
        "train",
        "--run",
        run,
        "--steps",
        "1");
  }

  private List<Path> crashes() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("hs_err")).toList();
    }
  }
}
