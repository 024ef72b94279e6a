package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.cli.Console.Result;
import org.sparring.console.ExitCode;
import org.sparring.recipes.TinyRecipe;

/** {@code train --stop-on}, and the exit codes of alarms. */
class AlarmedTrainingTest {
  @TempDir private Path folder;

  @Test
  void stopOnEndsTheRunWithSevenAfterACheckpoint() throws IOException {
    Path run = folder.resolve("run");
    Result result = train(run, "--stop-on", "mode-collapse,overfitting", "--json");
    assertEquals(ExitCode.ALARMED, result.code(), result.err());
    JsonNode outcome = new ObjectMapper().readTree(result.lastLine());
    assertEquals("ALARMED", outcome.get("ending").asText());
    assertTrue(outcome.get("alarms").toString().contains("\"mode-collapse\""));
    long step = outcome.get("steps").asLong();
    assertTrue(
        Files.isDirectory(run.resolve(String.format(Locale.ROOT, "checkpoints/step-%08d", step))));
    List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
    assertEquals(1, lines.stream().filter(l -> l.contains("\"alarm: mode-collapse\"")).count());
    Result resumed = Console.run("train", "--run", run.toString(), "--resume");
    assertEquals(0, resumed.code(), resumed.err());
  }

  @Test
  void withoutJsonItSaysWhatStoppedItAndHowToGoOn() {
    Path run = folder.resolve("run");
    Result result = train(run, "--stop-on", "mode-collapse");
    assertEquals(ExitCode.ALARMED, result.code(), result.err());
    assertTrue(result.outLines().get(0).startsWith("stopped by an alarm at step "), result.out());
    assertEquals("resume it:  ./sparring train --run " + run + " --resume", result.lastLine());
  }

  @Test
  void nonFiniteIsAcceptedAndIsStillADivergence() {
    Result result =
        Console.run(
            TinyRecipe.options("steps=30", "optimizer.learning_rate=1e30"),
            "train",
            "--stop-on",
            "non-finite",
            "--run",
            folder.resolve("run").toString());
    assertTrue(result.refusal(ExitCode.DIVERGED).startsWith("sparring: diverged: "), result.err());
  }

  @Test
  void aModelOfPointsRefusesToBeDrawnAsImagesAndIsInspected() throws IOException {
    String run = folder.resolve("run").toString();
    Console.run(overrides(TinyRecipe.points("steps=1")), "train", "--run", run);
    for (List<String> command :
        List.of(List.of("sample", run), List.of("interpolate", run, "--from", "1", "--to", "2"))) {
      String message = Console.run(command).refusal(ExitCode.UNREADABLE);
      assertTrue(message.contains("generates points, not images"), message);
      assertTrue(message.contains("./sparring modes"), message);
    }
    Result model = Console.run("inspect", run + "/saved_model", "--json");
    assertEquals(2, new ObjectMapper().readTree(model.out()).get("dimensions").asInt());
    assertEquals(0, Console.run("inspect", run).code());
  }

  private static Result train(Path run, String... more) {
    List<String> options = new ArrayList<>(overrides(TinyRecipe.collapsing()));
    options.addAll(List.of(more));
    return Console.run(options, "train", "--run", run.toString());
  }

  private static List<String> overrides(List<String> settings) {
    return settings.stream().flatMap(s -> List.of("--set", s).stream()).toList();
  }
}
