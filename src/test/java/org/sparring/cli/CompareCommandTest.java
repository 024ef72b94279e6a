package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.cli.Console.Result;
import org.sparring.inference.PictureModels;
import org.sparring.pictures.Images;

/** Pictures of a model against true ones. */
class CompareCommandTest {
  @TempDir private static Path shared;
  private static String model;

  @TempDir private Path folder;

  @BeforeAll
  static void export() {
    model = PictureModels.export(shared.resolve("run")).toString();
  }

  @Test
  void anEnlargingModelIsComparedWithTheBicubicRow() throws IOException {
    Path truth = pictures("truth", 33, 41);
    Result result = compare(truth, "--y", "--border", "2");
    assertEquals(0, result.code(), result.err());
    List<String> lines = result.outLines();
    assertEquals(6, lines.size(), result.out());
    assertTrue(lines.get(0).startsWith("a "), result.out());
    assertTrue(lines.get(3).matches("mean of 2 +PSNR dB +SSIM +MAE +SWD"), result.out());
    assertTrue(lines.get(5).matches("bicubic +[\\d.]+ +[\\d.]+ +[\\d.]+ +[\\d.]+"), result.out());
  }

  @Test
  void picturesThatEqualTheirTruthsScoreOne() throws IOException {
    Path truth = pictures("truth", 32, 32);
    Result result = compare(truth, "--inputs", truth.toString(), "--to", "b", "--json");
    assertEquals(0, result.code(), result.err());
    JsonNode facts = new ObjectMapper().readTree(result.out());
    assertEquals(1, facts.get("input").get("ssim").asDouble(), 1e-9);
    assertEquals(0, facts.get("input").get("mae").asDouble());
    assertEquals(0, facts.get("input").get("swd").get(0).asDouble());
    assertTrue(facts.get("a_to_b").get("mae").asDouble() > 0);
  }

  @Test
  void mistakesAreExplained() throws IOException {
    Path truth = pictures("truth", 32, 32);
    Path other = pictures("other", 32, 32);
    Files.delete(other.resolve("b.png"));
    assertTrue(compare(truth, "--to", "b").refusal(2).contains("--inputs"));
    assertTrue(compare(truth, "--border", "-1").refusal(2).contains("--border"));
    assertTrue(compare(folder.resolve("none")).refusal(3).contains("neither"));
    Result missing = compare(truth, "--to", "b", "--inputs", other.toString());
    assertEquals(3, missing.code());
    assertTrue(missing.err().contains("b: expected a picture of this name in both places"));
    Result small = compare(pictures("small", 12, 12), "--border", "1");
    assertTrue(small.refusal(3).contains("at least 13 pixels a side"), small.err());
  }

  @Test
  void set5IsReadFromItsArchiveAndHasThePublishedBicubicRow() throws IOException {
    String root = System.getenv("SPARRING_DATA");
    assumeTrue(root != null, "SPARRING_DATA is not set: no photographs to measure with");
    Path set5 = Path.of(root, "super-resolution", "set5-set14.tar#CSet5");
    Result result = compare(set5, "--json");
    assertEquals(0, result.code(), result.err());
    JsonNode facts = new ObjectMapper().readTree(result.out());
    assertEquals(5, facts.get("pictures").asInt());
    // ×2, RGB: far above the 28.4 dB of ×4
    assertTrue(facts.get("bicubic").get("psnr").asDouble() > 30, result.out());
  }

  private static Result compare(Path truth, String... options) {
    return Console.run(Arrays.asList(options), "compare", model, "--truth", truth.toString());
  }

  private Path pictures(String name, int height, int width) throws IOException {
    Path in = Files.createDirectories(folder.resolve(name));
    for (String file : Stream.of("a", "b").toList()) {
      Files.write(in.resolve(file + ".png"), Images.noise(height, width, file.hashCode()));
    }
    return in;
  }
}
