package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.cli.Console.Result;
import org.sparring.console.ExitCode;
import org.sparring.telemetry.MetricsFile;

class PlotCommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void tell() throws IOException {
    for (String run : new String[] {"a", "b", "other/a"}) {
      Path file = Files.createDirectories(folder.resolve(run)).resolve("metrics.jsonl");
      try (MetricsFile metrics = MetricsFile.create(file)) {
        for (int step = 1; step < 9; step++) {
          metrics.append(step, step, Map.of("d_loss", 1.0 / step, "g_loss", 1.0 * step));
        }
      }
    }
  }

  @Test
  void drawsAPanelAScalar() throws IOException {
    Path out = folder.resolve("plot.png");
    Result result =
        Console.run(
            "plot", run("a"), run("b"), "--smooth", "3", "--title", "two", "--out", out + "");
    assertEquals("wrote " + out + ": d_loss, g_loss of a, b\n", result.out(), result.err());
    assertEquals(1280, ImageIO.read(out.toFile()).getWidth());
    Console.run("plot", run("a"), "--scalars", "d_loss", "--out", out + "");
    assertEquals(640, ImageIO.read(out.toFile()).getWidth());
  }

  @Test
  void runsOfOneNameAreToldApartByTheirPaths() {
    Result result =
        Console.run(
            "plot", run("a"), run("other/a"), run("b"), "--out", folder.resolve("p.png") + "");
    assertTrue(
        result.out().endsWith(" of " + run("a") + ", " + run("other/a") + ", b\n"), result.out());
  }

  @Test
  void anUnknownScalarIsRefusedWithTheNearestOne() {
    String message =
        Console.run("plot", run("a"), "--scalars", "d_loss,g_los").refusal(ExitCode.USAGE);
    assertTrue(message.contains("found 'g_los'"), message);
    assertTrue(message.contains("did you mean 'g_loss'?"), message);
  }

  @Test
  void aFolderWithoutARunIsRefused() throws IOException {
    String nothing = Console.run("plot", run("no")).refusal(ExitCode.USAGE);
    assertTrue(nothing.contains("expected a run folder with metrics.jsonl"), nothing);
    Files.createFile(Files.createDirectories(folder.resolve("new")).resolve("metrics.jsonl"));
    String empty = Console.run("plot", run("new")).refusal(ExitCode.USAGE);
    assertTrue(empty.contains("holds no scalars yet"), empty);
    String smooth = Console.run("plot", run("a"), "--smooth", "0").refusal(ExitCode.USAGE);
    assertTrue(smooth.contains("--smooth: expected at least 1, found 0"), smooth);
    String none = Console.run("plot").refusal(ExitCode.USAGE);
    assertTrue(none.contains("Missing required parameter: 'RUN'"), none);
  }

  private String run(String name) {
    return folder.resolve(name).toString();
  }
}
