package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.cli.Console.Result;
import org.sparring.console.ExitCode;
import org.sparring.recipes.TinyRecipe;

class SupportCommandTest {
  @TempDir private static Path folder;
  private static String images;
  private static String collapsed;
  private static String points;

  @BeforeAll
  static void train() {
    images = trained("images", TinyRecipe.settings("steps=2"));
    points = trained("points", TinyRecipe.points("steps=2"));
    collapsed = trained("collapsed", TinyRecipe.collapsing("steps=1", "meters.steps=0"));
  }

  private static String trained(String name, List<String> settings) {
    String run = folder.resolve(name).toString();
    List<String> options = settings.stream().flatMap(s -> List.of("--set", s).stream()).toList();
    Result result = Console.run(options, "train", "--run", run);
    assertEquals(0, result.code(), result.err());
    return run;
  }

  @Test
  void aCollapsedGeneratorRepeatsItselfAtOnce() throws IOException {
    JsonNode found = json(collapsed);
    assertEquals(4, found.get("support").asDouble(), found.toString());
    assertEquals(2, found.get("batch").asInt());
    assertFalse(found.get("at_least").asBoolean());
    assertEquals("grid", found.get("data").asText());
    assertEquals(0, found.get("closest").asDouble(), 1e-6);
    Result result = support(collapsed);
    assertTrue(result.out().startsWith("support about 4: half of 3 batches repeat"), result.out());
    assertEquals(2, result.outLines().size());
  }

  @Test
  void oneThatHardlyRepeatsItselfHasALowerBound() throws IOException {
    JsonNode found = json(points, "--largest", "2", "--trials", "5");
    // two of a hundred thousand points: the threshold is the distance of two real points
    assertTrue(found.get("threshold").asDouble() > 0, found.toString());
    JsonNode again = json(points, "--largest", "2", "--trials", "5");
    assertEquals(found, again, "the same seed gives the same");
    for (String key : List.of("support", "uniform_support", "batch", "trials", "largest", "seed")) {
      assertTrue(found.path(key).isNumber(), key);
    }
  }

  @Test
  void theClosestPairsOfImagesAreAGridToLookAt() throws IOException {
    Path out = folder.resolve("pairs-of-images.png");
    Result result = support(images, "--out", out.toString(), "--largest", "30");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().contains(" are duplicates (no two of "), result.out());
    // 16 pairs, eight images a row, each enlarged to 64 pixels
    var grid = ImageIO.read(out.toFile());
    assertEquals(8 * 66 + 2, grid.getWidth());
    assertEquals(4 * 66 + 2, grid.getHeight());
  }

  @Test
  void aModelWithoutItsRunNeedsItsData() throws IOException {
    String alone = folder.resolve("alone").toString();
    Console.run("export", images, "--out", alone);
    String none = support(alone).refusal(ExitCode.USAGE);
    assertTrue(none.contains("--data: expected the data of a run"), none);
    JsonNode own = json(images, "--largest", "20");
    JsonNode result = json(alone, "--largest", "20", "--data", "glyphs:256");
    assertEquals(own, result);
    String other = support(alone, "--data", "ring").refusal(ExitCode.USAGE);
    assertTrue(other.contains("the model's shape [16, 16, 1], found [2] of ring"), other);
    String missing = support(alone, "--data", "mnist:nowhere").refusal(ExitCode.DATA);
    assertTrue(missing.contains("data fetch mnist"), missing);
    assertTrue(support(folder + "/none").refusal(ExitCode.UNREADABLE).contains("found nothing"));
  }

  @Test
  void otherImagesThanTheModelsAreRefused() {
    String message = support(points, "--data", "grid:3").refusal(ExitCode.DATA);
    assertTrue(message.contains("grid:3"), message);
    // the grid's points have the ring's shape: they only set another threshold
    assertEquals(0, support(points, "--data", "grid").code());
  }

  @Test
  void thePictureIsTheSameForTheSameSeed() throws IOException {
    Path one = folder.resolve("one.png");
    Path two = folder.resolve("two.png");
    support(points, "--out", one.toString());
    support(points, "--out", two.toString());
    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
  }

  private static JsonNode json(String model, String... more) throws IOException {
    String[] all = Arrays.copyOf(more, more.length + 1);
    all[more.length] = "--json";
    Result result = support(model, all);
    assertEquals(0, result.code(), result.err());
    return new ObjectMapper().readTree(result.out());
  }

  private static Result support(String model, String... more) {
    List<String> options = new ArrayList<>(List.of("support", model));
    List<String> given = List.of(more);
    options.addAll(given);
    if (!given.contains("--trials")) {
      options.addAll(List.of("--trials", "3"));
    }
    if (!given.contains("--largest")) {
      options.addAll(List.of("--largest", "40"));
    }
    if (!given.contains("--out")) {
      options.addAll(List.of("--out", folder.resolve("pairs.png").toString()));
    }
    return Console.run(options);
  }
}
