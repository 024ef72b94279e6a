package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.cli.Console.Told;
import org.sparring.recipes.TinyRecipe;

/** What each command answers when all is well, on one run. */
class CommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static String run;
  private static Told trained;

  @BeforeAll
  static void train() {
    run = folder.resolve("run").toString();
    trained =
        Console.run(
            TinyRecipe.options("checkpoint.steps=2"),
            "train",
            "--run",
            run,
            "--steps",
            "4",
            "--seed",
            "5",
            "--json");
    assertEquals(0, trained.code(), trained.err());
  }

  @Test
  void trainEndsWithOneJsonObject() throws IOException {
    JsonNode told = JSON.readTree(trained.lastLine());
    for (String key :
        List.of(
            "steps",
            "kimg",
            "seconds",
            "images_per_second",
            "step_ms_median",
            "d_loss",
            "g_loss")) {
      assertTrue(told.path(key).isNumber(), key + " in " + told);
    }
    assertEquals(run, told.get("run").asText());
    assertEquals(4, told.get("steps").asInt());
    assertTrue(told.get("weights_sha256").asText().matches("[0-9a-f]{64}"));
  }

  @Test
  void withoutJsonTrainTellsWhereEverythingLiesAndHowToSampleIt() {
    String other = folder.resolve("other").toString();
    Told told = Console.run(TinyRecipe.options(), "train", "--run", other, "--steps", "1");
    assertEquals(0, told.code(), told.err());
    assertTrue(told.outLines().get(0).startsWith("done at step 1 (0.0 kimg), "), told.out());
    for (String part : List.of("samples", "checkpoints", "saved_model", "metrics.jsonl")) {
      assertTrue(told.out().contains(folder.resolve("other").resolve(part).toString()), part);
    }
    assertEquals(
        "sample it:  ./sparring sample " + other + " --n 64 --seed 1 --out samples.png",
        told.lastLine());
  }

  @Test
  void inspectTellsTheWeightsThatTrainTold() throws IOException {
    String sha = JSON.readTree(trained.lastLine()).get("weights_sha256").asText();
    assertEquals(sha, inspected(run).get("weights_sha256").asText());
    JsonNode checkpoint = inspected(run + "/checkpoints/step-00000004");
    assertEquals(sha, checkpoint.get("weights_sha256").asText());
    assertEquals(4, checkpoint.get("step").asInt());
    assertEquals(5, inspected(run).at("/recipe/seed").asInt());
  }

  @Test
  void inspectTellsOfAModelToo() throws IOException {
    JsonNode model = inspected(run + "/saved_model");
    assertEquals("model", model.get("kind").asText());
    assertTrue(model.get("weights_sha256").asText().matches("[0-9a-f]{64}"));
  }

  @Test
  void withoutJsonInspectTellsALineEach() {
    Told told = Console.run("inspect", run);
    assertEquals(0, told.code(), told.err());
    assertTrue(told.out().contains("kind              run\n"), told.out());
    assertTrue(told.out().contains("step              4\n"), told.out());
  }

  @Test
  void theSameSeedGivesTheSamePixelsAndAnotherOthers() throws IOException {
    assertArrayEquals(sampled(run, 9, 3), sampled(run, 9, 3));
    assertFalse(java.util.Arrays.equals(sampled(run, 9, 3), sampled(run, 9, 4)));
  }

  @Test
  void anExportedModelGivesThePixelsOfItsRun() throws IOException {
    String model = folder.resolve("exported").toString();
    Told told = Console.run("export", run, "--out", model);
    assertEquals("wrote " + model + "\n", told.out(), told.err());
    assertArrayEquals(sampled(run, 5, 1), sampled(model, 5, 1));
    assertEquals(0, Console.run("export", run, "--out", model).code(), "replaced");
    assertEquals(
        inspected(run + "/saved_model").get("weights_sha256"),
        inspected(model).get("weights_sha256"));
  }

  @Test
  void interpolateBeginsAndEndsAtTheSeedsOwnImages() throws IOException {
    Path out = folder.resolve("way.png");
    Told told =
        Console.run(
            "interpolate", run, "--from", "1", "--to", "2", "--frames", "5", "--out", out + "");
    assertEquals("wrote " + out + ": 5 frames from 1 to 2\n", told.out(), told.err());
    BufferedImage way = ImageIO.read(out.toFile());
    assertTrue(way.getWidth() >= 5 * 16, "five frames in a row");
  }

  @Test
  void truncationIsTaken() {
    Path out = folder.resolve("truncated.png");
    Told told =
        Console.run("sample", run, "--n", "2", "--truncation", "0.5", "--out", out.toString());
    assertEquals(0, told.code(), told.err());
    assertTrue(Files.exists(out));
  }

  @Test
  void aFolderThatIsNotThereYetIsMadeForTheImage() {
    Path out = folder.resolve("new/deep/samples.png");
    Told told = Console.run("sample", run, "--n", "1", "--out", out.toString());
    assertEquals(0, told.code(), told.err());
    assertTrue(Files.exists(out));
  }

  @Test
  void resumeGoesOnWithTheRun() throws IOException {
    String other = folder.resolve("resumed").toString();
    Console.run(TinyRecipe.options(), "train", "--run", other, "--steps", "2", "--seed", "5");
    Told told = Console.run("train", "--run", other, "--resume", "--steps", "4", "--json");
    assertEquals(
        JSON.readTree(trained.lastLine()).get("weights_sha256"),
        JSON.readTree(told.lastLine()).get("weights_sha256"),
        told.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "sample",
        "interpolate",
        "export",
        "inspect",
        "plot",
        "classifier",
        "modes",
        "support",
        "data",
        "data fetch",
        "doctor"
      })
  void everyCommandHasHelp(String command) {
    Told told = Console.run((command + " --help").split(" ", -1));
    assertEquals(0, told.code());
    assertTrue(told.out().startsWith("Usage: sparring " + command), told.out());
    assertEquals("", told.err());
  }

  @Test
  void theHelpOfAllNamesEveryCommandAndExitCode() {
    String help = Console.run("--help").out();
    for (String word :
        "train sample interpolate export inspect plot classifier modes support data doctor 6 7 130"
            .split(" ", -1)) {
      assertTrue(help.contains("  " + word), word + " in " + help);
    }
  }

  private static JsonNode inspected(String path) throws IOException {
    Told told = Console.run("inspect", path, "--json");
    assertEquals(0, told.code(), told.err());
    return JSON.readTree(told.out());
  }

  private static int[] sampled(String model, int count, long seed) throws IOException {
    Path out = folder.resolve("sampled.png");
    Told told =
        Console.run("sample", model, "--n", count + "", "--seed", seed + "", "--out", out + "");
    assertEquals("wrote " + out + ": " + count + " images of seed " + seed + "\n", told.out());
    BufferedImage image = ImageIO.read(out.toFile());
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
