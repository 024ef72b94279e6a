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
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.cli.Console.Result;
import org.sparring.console.ExitCode;
import org.sparring.recipes.TinyRecipe;

/** The whole benchmark on runs of three steps: its figures are of no worth, their form is. */
class ModesCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void twoRunsAreScoredBesideRealAndPublishedOnes() throws IOException {
    Result result = modes("a", "--runs", "2", "--seed", "5", "--jobs", "1", "--json");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.outLines().get(0).startsWith("ring: 2500 samples scored a run, reverse KL"));
    String real = row(result, "real data");
    assertTrue(real.matches("real data +8 +98\\.\\d\\d +0\\.00\\d\\d +-?0\\.00\\d\\d"), real);
    assertTrue(row(result, "published: GAN").matches(".* 6\\.3 +98\\.2 +\\.45"));
    assertTrue(row(result, "dcgan-glyphs (2 runs)").contains("±"), result.out());
    assertEquals(
        2, result.err().lines().filter(l -> l.matches(".* seed [56]: .* of 8 modes.*")).count());
    assertTrue(ImageIO.read(folder.resolve("a/modes.png").toFile()).getWidth() > 900);
  }

  @Test
  void theLastLineHoldsTheFiguresOfTheRuns() throws IOException {
    JsonNode line = JSON.readTree(modes("a", "--runs", "2", "--json").lastLine());
    for (String key :
        List.of("modes", "modes_of", "high_quality", "reverse_kl", "kl_floor", "runs")) {
      assertTrue(line.path(key).isNumber(), key + " in " + line);
    }
    for (String key : List.of("modes_se", "high_quality_se", "reverse_kl_se")) {
      assertTrue(line.path(key).isNumber(), key + " in " + line);
    }
    assertEquals(8, line.get("modes_of").asInt());
    assertEquals(2, line.get("runs").asInt());
    assertEquals(2500, line.get("samples").asInt());
    double sum = 0;
    Set<String> keys = new TreeSet<>();
    for (JsonNode each : line.get("each")) {
      sum += each.at("/score/modes").asDouble();
      each.get("score").fieldNames().forEachRemaining(keys::add);
    }
    assertEquals(sum / 2, line.get("modes").asDouble(), 1e-12);
    assertEquals(Set.of("modes", "modes_of", "high_quality", "reverse_kl", "kl_floor"), keys);
  }

  @Test
  void ofOneRunThereIsNoStandardError() throws IOException {
    JsonNode line = JSON.readTree(modes("a", "--runs", "1", "--json").lastLine());
    assertTrue(line.path("modes").isNumber());
    assertTrue(line.path("modes_se").isMissingNode(), line.toString());
  }

  @Test
  void runsAtOnceScoreAsRunsOneAfterAnother() throws IOException {
    JsonNode one = scores("one", "1");
    JsonNode two = scores("two", "2");
    assertEquals(2, one.size());
    assertEquals(one, two);
  }

  private JsonNode scores(String root, String jobs) throws IOException {
    JsonNode line = JSON.readTree(modes(root, "--runs", "2", "--jobs", jobs, "--json").lastLine());
    var scores = JSON.createArrayNode();
    line.get("each").forEach(e -> scores.add(e.get("score").toString() + e.get("seed")));
    return scores;
  }

  @Test
  void severalRecipesAreARowAndALineEach() throws IOException {
    Path mine = folder.resolve("mine.yaml");
    Files.writeString(mine, "loss: {kind: hinge}\n");
    Result result = modes("a", "--recipe", "dcgan-glyphs," + mine, "--runs", "1", "--json");
    assertEquals(0, result.code(), result.err());
    assertEquals("mine", JSON.readTree(result.lastLine()).get("recipe").asText());
    assertTrue(row(result, "dcgan-glyphs (1 run)").matches(".* \\d\\.\\d\\d .*"), result.out());
    assertTrue(Files.isDirectory(folder.resolve("a/mine-seed-1")));
  }

  @Test
  void stackedDigitsThatAreNotThereAreADataError() {
    String message =
        Console.run(
                "modes",
                "stacked-mnist",
                "--recipe",
                "dcgan-glyphs",
                "--set",
                "data.side=28",
                "--data",
                folder.resolve("none").toString(),
                "--run",
                folder.resolve("a").toString())
            .refusal(ExitCode.DATA);
    assertTrue(message.contains("./sparring data fetch mnist --to"), message);
    assertTrue(Files.notExists(folder.resolve("a")), "no run is begun");
  }

  private static String row(Result result, String name) {
    return result.outLines().stream()
        .filter(l -> l.startsWith(name))
        .findFirst()
        .orElse(result.out());
  }

  private Result modes(String root, String... more) {
    List<String> options = new ArrayList<>(List.of(more));
    if (!options.contains("--recipe")) {
      options.addAll(List.of("--recipe", "dcgan-glyphs"));
    }
    TinyRecipe.points("steps=3", "samples.steps=0", "meters.steps=0")
        .forEach(setting -> options.addAll(List.of("--set", setting)));
    return Console.run(options, "modes", "ring", "--run", folder.resolve(root).toString());
  }
}
