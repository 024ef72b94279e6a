package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.console.ExitCode;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunFolder;
import org.sparring.runs.Experiment;

class CheckCommandTest {
  @TempDir private static Path shared;

  @TempDir private Path folder;
  private Path run;

  @BeforeAll
  static void train() {
    new Experiment(
            TinyRecipe.with("steps=2", "checkpoint.steps=1", "samples.steps=1"),
            new RunFolder(shared.resolve("run")))
        .train();
  }

  @BeforeEach
  void copy() throws IOException {
    run = folder.resolve("run");
    FileUtils.copyDirectory(shared.resolve("run").toFile(), run.toFile());
  }

  @Test
  void aRunThatNothingHappenedToIsIntactInAllItsParts() throws IOException {
    Console.Result result = Console.run("check", run.toString(), "--json");
    assertEquals(ExitCode.DONE, result.code(), result.err());
    List<String> names = new ArrayList<>();
    for (JsonNode part : new ObjectMapper().readTree(result.out())) {
      names.add(part.get("name").asText());
    }
    assertEquals(
        List.of(
            "recipe.yaml",
            "run.json",
            "checkpoints/step-00000001",
            "checkpoints/step-00000002",
            "metrics.jsonl",
            "samples",
            "saved_model"),
        names);
  }

  /** One bit in the middle of each file. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "checkpoints/step-00000001/variables.data-00000-of-00001",
        "checkpoints/step-00000002/variables.index",
        "checkpoints/step-00000002/manifest.json",
        "saved_model/saved_model.pb",
        "saved_model/variables/variables.data-00000-of-00001",
        "samples/step-00000001.png"
      })
  void aBitThatFlippedIsFound(String file) throws IOException {
    byte[] bytes = Files.readAllBytes(run.resolve(file));
    bytes[bytes.length / 2] ^= 1;
    Files.write(run.resolve(file), bytes);
    Console.Result result = Console.run("check", run.toString());
    assertEquals(ExitCode.UNREADABLE, result.code(), result.out());
    String part = file.startsWith("checkpoints") ? file.substring(0, 25) : file.split("/")[0];
    assertTrue(result.out().contains("damaged " + part), result.out());
    assertEquals(1, result.out().lines().filter(line -> line.startsWith("damaged")).count());
  }

  /** A manifest as version 0.1.0 wrote it, of other weights: sizes are all that fits. */
  @Test
  void weightsThatBelongToAnotherManifestAreFoundAndNotExported() throws IOException {
    Path manifest = run.resolve("checkpoints/step-00000002/manifest.json");
    ObjectNode other = (ObjectNode) new ObjectMapper().readTree(manifest.toFile());
    other.remove("files_sha256");
    other.put("weights_sha256", "0".repeat(64));
    Files.writeString(manifest, other.toString());
    Console.Result result = Console.run("check", run.toString());
    assertEquals(ExitCode.UNREADABLE, result.code(), result.out());
    String fault = "step-00000002: expected weights 0000";
    assertTrue(result.out().contains(fault), result.out());
    Path model = folder.resolve("model");
    Console.Result refused = Console.run("export", run.toString(), "--out", model.toString());
    assertTrue(refused.refusal(ExitCode.UNREADABLE).contains(fault), refused.err());
    assertFalse(Files.exists(model));
  }

  @Test
  void aModelAloneIsCheckedToo() {
    assertEquals(ExitCode.DONE, Console.run("check", run + "/saved_model").code());
    assertTrue(
        Console.run("check", folder.toString()).refusal(ExitCode.UNREADABLE).contains("neither"));
  }
}
