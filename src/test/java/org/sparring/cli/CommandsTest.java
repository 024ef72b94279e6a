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
import org.sparring.cli.Console.Result;
import org.sparring.console.ExitCode;
import org.sparring.recipes.TinyRecipe;

/** What each command answers when all is well, on one run. */
class CommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static String run;
  private static Result trained;

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
    JsonNode result = JSON.readTree(trained.lastLine());
    for (String key :
        List.of(
            "steps",
            "kimg",
            "seconds",
            "images_per_second",
            "step_ms_median",
            "d_loss",
            "g_loss")) {
      assertTrue(result.path(key).isNumber(), key + " in " + result);
    }
    assertEquals(run, result.get("run").asText());
    assertEquals(4, result.get("steps").asInt());
    assertTrue(result.get("weights_sha256").asText().matches("[0-9a-f]{64}"));
  }

  @Test
  void withoutJsonTrainPrintsTheFilesItWroteAndHowToSample() {
    String other = folder.resolve("other").toString();
    Result result = Console.run(TinyRecipe.options(), "train", "--run", other, "--steps", "1");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.outLines().get(0).startsWith("done at step 1 (0.0 kimg), "), result.out());
    for (String part : List.of("samples", "checkpoints", "saved_model", "metrics.jsonl")) {
      assertTrue(result.out().contains(folder.resolve("other").resolve(part).toString()), part);
    }
    assertEquals(
        "sample it:  ./sparring sample " + other + " --n 64 --seed 1 --out samples.png",
        result.lastLine());
  }

  @Test
  void inspectPrintsTheHashOfTheWeightsThatTrainPrinted() throws IOException {
    String sha = JSON.readTree(trained.lastLine()).get("weights_sha256").asText();
    assertEquals(sha, inspected(run).get("weights_sha256").asText());
    JsonNode checkpoint = inspected(run + "/checkpoints/step-00000004");
    assertEquals(sha, checkpoint.get("weights_sha256").asText());
    assertEquals(4, checkpoint.get("step").asInt());
    assertEquals(5, inspected(run).at("/recipe/seed").asInt());
  }

  @Test
  void inspectReadsAModelToo() throws IOException {
    JsonNode model = inspected(run + "/saved_model");
    assertEquals("model", model.get("kind").asText());
    assertTrue(model.get("weights_sha256").asText().matches("[0-9a-f]{64}"));
  }

  @Test
  void withoutJsonInspectPrintsALineEach() {
    Result result = Console.run("inspect", run);
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().contains("kind              run\n"), result.out());
    assertTrue(result.out().contains("step              4\n"), result.out());
  }

  @Test
  void theSameSeedGivesTheSamePixelsAndAnotherOthers() throws IOException {
    assertArrayEquals(sampled(run, 9, 3), sampled(run, 9, 3));
    assertFalse(java.util.Arrays.equals(sampled(run, 9, 3), sampled(run, 9, 4)));
  }

  @Test
  void anExportedModelGivesThePixelsOfItsRun() throws IOException {
    String model = folder.resolve("exported").toString();
    Result result = Console.run("export", run, "--out", model);
    assertEquals("wrote " + model + "\n", result.out(), result.err());
    assertArrayEquals(sampled(run, 5, 1), sampled(model, 5, 1));
    assertEquals(0, Console.run("export", run, "--out", model).code(), "replaced");
    assertEquals(
        inspected(run + "/saved_model").get("weights_sha256"),
        inspected(model).get("weights_sha256"));
  }

  @Test
  void aFrozenGraphIsWrittenAloneOrBesideAModel() throws IOException {
    Path file = folder.resolve("frozen.pb");
    Result result = Console.run("export", run, "--frozen", file + "");
    assertEquals("wrote " + file + "\n", result.out(), result.err());
    Path model = folder.resolve("with-frozen");
    Result both = Console.run("export", run, "--frozen", file + "", "--out", model + "");
    assertEquals("wrote " + file + "\nwrote " + model + "\n", both.out(), both.err());
    Path notes = Files.writeString(folder.resolve("notes.txt"), "mine");
    String refused =
        Console.run("export", run, "--frozen", notes + "").refusal(ExitCode.UNREADABLE);
    assertTrue(refused.contains("expected a new file, or a frozen generator"), refused);
    assertEquals("mine", Files.readString(notes));
    String unscored =
        Console.run("export", run, "--frozen", file + "", "--best").refusal(ExitCode.UNREADABLE);
    assertTrue(unscored.contains("checkpoint with a score"), unscored);
  }

  @Test
  void anExportedModelSaysHowItWasMade() throws IOException {
    JsonNode facts = inspected(run + "/saved_model");
    assertEquals("2.18.0", facts.get("tensorflow").asText());
    assertEquals(8, facts.get("recipe").get("net").get("latent").asInt());
    assertEquals("average", facts.get("weights").asText());
    assertTrue(facts.get("data").get("licence").asText().startsWith("none"), facts.toString());
  }

  @Test
  void interpolateBeginsAndEndsAtTheSeedsOwnImages() throws IOException {
    Path out = folder.resolve("way.png");
    Result result =
        Console.run(
            "interpolate", run, "--from", "1", "--to", "2", "--frames", "5", "--out", out + "");
    assertEquals("wrote " + out + ": 5 frames from 1 to 2\n", result.out(), result.err());
    BufferedImage way = ImageIO.read(out.toFile());
    assertTrue(way.getWidth() >= 5 * 16, "five frames in a row");
  }

  @Test
  void truncationIsTaken() {
    Path out = folder.resolve("truncated.png");
    Result result =
        Console.run("sample", run, "--n", "2", "--truncation", "0.5", "--out", out.toString());
    assertEquals(0, result.code(), result.err());
    assertTrue(Files.exists(out));
  }

  @Test
  void sampleComputesInBfloat16WhereAsked() throws IOException {
    Path out = folder.resolve("bfloat16.png");
    Result result =
        Console.run("sample", run, "--n", "4", "--precision", "bfloat16", "--out", out.toString());
    assertEquals(0, result.code(), result.err());
    assertTrue(ImageIO.read(out.toFile()).getWidth() > 0);
    Result refused = Console.run("sample", run, "--precision", "float16");
    assertEquals(ExitCode.USAGE, refused.code());
    assertTrue(
        refused.err().contains("--precision: expected float32 or bfloat16, found float16"),
        refused.err());
  }

  @Test
  void aFolderThatIsNotThereYetIsMadeForTheImage() {
    Path out = folder.resolve("new/deep/samples.png");
    Result result = Console.run("sample", run, "--n", "1", "--out", out.toString());
    assertEquals(0, result.code(), result.err());
    assertTrue(Files.exists(out));
  }

  @Test
  void resumeGoesOnWithTheRun() throws IOException {
    String other = folder.resolve("resumed").toString();
    Console.run(TinyRecipe.options(), "train", "--run", other, "--steps", "2", "--seed", "5");
    Result result = Console.run("train", "--run", other, "--resume", "--steps", "4", "--json");
    assertEquals(
        JSON.readTree(trained.lastLine()).get("weights_sha256"),
        JSON.readTree(result.lastLine()).get("weights_sha256"),
        result.err());
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
    Result result = Console.run((command + " --help").split(" ", -1));
    assertEquals(0, result.code());
    assertTrue(result.out().startsWith("Usage: sparring " + command), result.out());
    assertEquals("", result.err());
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
    Result result = Console.run("inspect", path, "--json");
    assertEquals(0, result.code(), result.err());
    return JSON.readTree(result.out());
  }

  private static int[] sampled(String model, int count, long seed) throws IOException {
    Path out = folder.resolve("sampled.png");
    Result result =
        Console.run("sample", model, "--n", count + "", "--seed", seed + "", "--out", out + "");
    assertEquals("wrote " + out + ": " + count + " images of seed " + seed + "\n", result.out());
    BufferedImage image = ImageIO.read(out.toFile());
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
