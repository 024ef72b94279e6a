package org.sparring.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A model that is asked for long needs no more memory than one that was asked a little. */
@EnabledOnOs(OS.LINUX)
class SteadyModelTest {
  /** The smallest piece that malloc gives: a call that leaves a tensor behind leaves more. */
  private static final double GROWTH = 32;

  @TempDir private Path folder;

  @Test
  void memoryStaysFlatOverTenThousandCalls() throws Exception {
    TinyModels.conditional(folder).close();
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx64m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DrawSoak.class.getName(),
                folder.toString(),
                "1500",
                "4000"));
    Process process = builder.redirectError(folder.resolve("err").toFile()).start();
    List<String> out = new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertEquals(0, process.waitFor(), () -> "see " + folder.resolve("err"));
    double growth = Double.parseDouble(out.get(out.size() - 1));
    System.out.println("resident memory of a model's calls: " + growth + " bytes a round");
    assertTrue(growth < GROWTH, growth + " bytes a round");
  }
}
