package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.cli.Console.Result;
import org.sparring.console.ExitCode;
import org.sparring.evaluation.TinyInception;
import org.sparring.recipes.TinyRecipe;

class EvaluateCommandTest {
  @TempDir private static Path folder;
  private static String run;
  private static Path inception;

  @BeforeAll
  static void train() {
    run = trained("images", TinyRecipe.settings("steps=2"));
    inception = TinyInception.write(folder.resolve("inception.pb"));
  }

  private static String trained(String name, List<String> settings) {
    String to = folder.resolve(name).toString();
    List<String> options = settings.stream().flatMap(s -> Stream.of("--set", s)).toList();
    Result result = Console.run(options, "train", "--run", to);
    assertEquals(0, result.code(), result.err());
    return to;
  }

  @Test
  void printsEveryScoreWithItsProtocolAndTheScoreOfRealImages() throws IOException {
    JsonNode found = json("--samples", "200");
    for (String score :
        List.of(
            "fid",
            "kid",
            "is",
            "precision",
            "recall",
            "density",
            "coverage",
            "confident",
            "entropy")) {
      JsonNode entry = found.get(score);
      assertTrue(entry.get("value").isNumber(), score);
      assertTrue(entry.get("real").isNumber(), score);
      assertTrue(entry.get("error_kind").isTextual(), score);
    }
    assertEquals(200, found.get("n_real").asInt());
    assertEquals(200, found.get("n_fake").asInt());
    assertEquals(100, found.get("n_half").asInt());
    assertEquals("test", found.get("split").asText());
    assertEquals("digits", found.get("network").asText());
    assertEquals(64, found.get("network_sha256").asText().length());
    assertEquals(
        "bilinear (half-pixel centres) 16×16 to 28×28, 8 bits", found.get("resize").asText());
    // a net of two steps draws no digits
    assertTrue(found.at("/fid/value").asDouble() > 5 * found.at("/fid/real").asDouble());
    assertTrue(found.at("/kid/value").asDouble() > 5 * found.at("/kid/real").asDouble());
    assertTrue(found.at("/coverage/value").asDouble() < found.at("/coverage/real").asDouble());
    assertTrue(found.get("notes").toString().contains("biased upwards"), found.toString());
  }

  /** Images of two sets, without a model: the same images are at 0. */
  @Test
  void imagesOfTwoSourcesAreComparedWithoutAModel() throws IOException {
    Result same =
        Console.run(
            "evaluate",
            "glyphs:300",
            "--data",
            "glyphs:300",
            "--split",
            "train",
            "--samples",
            "300",
            "--metrics",
            "fid",
            "--json");
    assertEquals(0, same.code(), same.err());
    JsonNode found = new ObjectMapper().readTree(same.lastLine());
    assertEquals(0, found.at("/fid/value").asDouble(), 1e-6);
    assertEquals("glyphs", found.get("scored").asText());
    Result lacks = Console.run("evaluate", "glyphs:300");
    assertTrue(lacks.refusal(ExitCode.USAGE).contains("expected real images"));
  }

  @Test
  void statisticsOfImagesAreWrittenAndScoredAgainst() throws IOException {
    String file = folder.resolve("glyphs.npz").toString();
    Result written =
        Console.run("evaluate", "glyphs:300", "--samples", "300", "--save-statistics", file);
    assertEquals(0, written.code(), written.err());
    Result same =
        Console.run("evaluate", "glyphs:300", "--samples", "300", "--statistics", file, "--json");
    assertEquals(0, same.code(), same.err());
    JsonNode found = new ObjectMapper().readTree(same.lastLine());
    assertEquals(0, found.at("/fid/value").asDouble(), 1e-6);
    JsonNode model = json("--statistics", file, "--samples", "200");
    assertTrue(model.at("/fid/value").asDouble() > 1, model.toString());
    Files.writeString(Path.of(file), "no statistics");
    Result damaged = Console.run("evaluate", "glyphs:300", "--statistics", file);
    assertTrue(damaged.refusal(ExitCode.USAGE).contains("mu and sigma"));
  }

  /** Each would be passed over without a word. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--side 16",
        "--channels 3",
        "--save-statistics x.npz --data glyphs:300",
        "--save-statistics x.npz --statistics y.npz",
        "--statistics y.npz --data glyphs:300"
      })
  void optionsThatWouldSayNothingAreRefused(String options) {
    Result refused = evaluate(run, List.of(options.split(" ")));
    assertTrue(refused.refusal(ExitCode.USAGE).contains("expected n"), refused.err());
  }

  @Test
  void theSameSeedGivesTheSameFiguresFromTheCacheToo() throws IOException {
    Path cache = folder.resolve("own-cache");
    List<String> options = List.of("--samples", "150", "--cache", cache.toString(), "--json");
    Result first = evaluate(run, options);
    assertTrue(first.err().contains("real images: 150 of 150"), first.err());
    Result second = evaluate(run, options);
    assertTrue(second.err().contains("features kept from before"), second.err());
    assertEquals(first.out(), second.out());
    try (Stream<Path> files = Files.list(cache)) {
      Path file = files.findFirst().orElseThrow();
      Files.writeString(file, "damaged");
      Result third = evaluate(run, options);
      assertTrue(third.err().contains("real images: 150 of 150"), third.err());
      assertEquals(first.out(), third.out());
    }
    List<String> other = new ArrayList<>(options);
    other.addAll(List.of("--seed", "2"));
    assertFalse(evaluate(run, other).out().equals(first.out()));
  }

  @Test
  void theTableHasARowAScoreAndTheProtocolBelow() {
    Result result = evaluate(run, List.of("--samples", "60", "--metrics", "kid,pr"));
    assertEquals(0, result.code(), result.err());
    assertTrue(result.outLines().get(0).contains("real against real"), result.out());
    assertTrue(result.outLines().get(1).startsWith("kernel distance"), result.out());
    assertTrue(result.outLines().get(2).startsWith("precision, k = 3"), result.out());
    assertTrue(result.outLines().get(3).startsWith("recall, k = 3"), result.out());
    for (String fact : List.of("n_real", "n_fake", "split", "resize", "network_sha256", "seed")) {
      assertTrue(result.out().contains("\n" + fact + " "), fact);
    }
    assertTrue(result.out().contains("note: kid: one block of 60 samples"), result.out());
  }

  @Test
  void tooFewSamplesForAFrechetDistanceAreRefusedUnlessToldOtherwise() throws IOException {
    String message = refusal(ExitCode.USAGE, "--samples", "128");
    assertTrue(
        message.contains("expected more than the 128 features of digits for fid, found 128"));
    assertTrue(message.contains("--force-small"), message);
    JsonNode forced = json("--samples", "100", "--metrics", "fid", "--force-small");
    assertTrue(forced.get("notes").toString().contains("ranks"), forced.toString());
    assertEquals(0, evaluate(run, List.of("--samples", "100", "--metrics", "kid")).code());
  }

  @Test
  void aUsersInceptionGraphIsAskedOnlyForWhatItTakes() throws IOException {
    String features = "inception:" + inception;
    String grey = refusal(ExitCode.DATA, "--features", features, "--samples", "50");
    assertTrue(grey.contains("images of 3 channel(s)"), grey);
    assertTrue(grey.contains("--convert-channels"), grey);
    JsonNode found = json("--features", features, "--samples", "50", "--convert-channels");
    assertEquals("none; 1 channel(s) to 3", found.get("resize").asText());
    assertEquals(TinyInception.FEATURES, found.get("features").asInt());
    Path other = TinyInception.write(folder.resolve("renamed.pb"), "pool_4");
    String missing = refusal(ExitCode.UNREADABLE, "--features", "inception:" + other);
    assertEquals(1, missing.lines().count(), missing);
    Path damaged = Files.writeString(folder.resolve("damaged.pb"), "no graph");
    String broken = refusal(ExitCode.UNREADABLE, "--features", "inception:" + damaged);
    assertEquals(1, broken.lines().count(), broken);
  }

  /** A learning rate that leaves weights of 10³⁸: finite, and their products are not. */
  @Test
  void pixelsThatAreNoNumbersAreAFaultOfTheModel() {
    String broken =
        trained(
            "broken",
            TinyRecipe.settings("steps=1", "net.kind=mlp", "optimizer.learning_rate=1e38"));
    String message =
        evaluate(broken, List.of("--samples", "50", "--force-small")).refusal(ExitCode.UNREADABLE);
    assertTrue(message.contains("pixels that are no numbers"), message);
    assertEquals(1, message.lines().filter(l -> l.startsWith("sparring:")).count(), message);
  }

  @Test
  void theMetricsCheckThemselvesOnKnownAnswers() throws IOException {
    Result result = Console.run("evaluate", "--self-check");
    assertEquals(0, result.code(), result.out());
    assertFalse(result.out().contains("NO"), result.out());
    for (String metric : List.of("fid", "kid", "is", "precision", "coverage", "entropy")) {
      assertTrue(result.out().contains("\n" + metric + " "), metric);
    }
    Result json =
        Console.run(
            "evaluate", "--self-check", "--data", "glyphs:300", "--samples", "200", "--json");
    assertEquals(0, json.code(), json.err());
    JsonNode found = new ObjectMapper().readTree(json.lastLine());
    assertTrue(found.get("holds").asBoolean());
    // drawn by one program: training images score as test images do
    JsonNode real = found.get("real_against_real");
    assertEquals("glyphs", real.get("scored").asText());
    double kid = real.at("/kid/value").asDouble();
    assertTrue(Math.abs(kid) < 0.1 * 4 && real.at("/coverage/value").asDouble() > 0.85, kid + "");
    String both = Console.run("evaluate", run, "--self-check").refusal(ExitCode.USAGE);
    assertTrue(both.contains("expected no MODEL with it"), both);
    String none = Console.run("evaluate").refusal(ExitCode.USAGE);
    assertTrue(none.contains("expected a MODEL, or --self-check"), none);
  }

  /** Images against themselves would be a perfect score of nothing. */
  @Test
  void aFolderHasNoOtherPartToCheckAgainst() {
    Path images = folder.resolve("images-of-run");
    Console.run("synthesize", run, "--n", "20", "--to", images.toString());
    Result result = Console.run("evaluate", "--self-check", "--data", "folder:" + images);
    assertEquals(ExitCode.USAGE, result.code(), result.err());
    assertTrue(result.err().contains("a train and a test part"), result.err());
  }

  @Test
  void moreSamplesThanMemoryIsMadeForAreRefusedBeforeAnyIsSeen() {
    String message = refusal(ExitCode.USAGE, "--samples", "2000000000");
    assertTrue(message.contains("expected at most 16777215 images of 128 features"), message);
  }

  @Test
  void aSavedModelAloneNeedsItsData() throws IOException {
    String alone = folder.resolve("alone").toString();
    Console.run("export", run, "--out", alone);
    String none = evaluate(alone, List.of()).refusal(ExitCode.USAGE);
    assertTrue(none.contains("--data: expected the data of a run"), none);
    Path empty = Files.createDirectories(folder.resolve("empty"));
    String nothing = evaluate(alone, List.of("--data", "folder:" + empty)).refusal(ExitCode.DATA);
    assertTrue(nothing.contains("at least one image"), nothing);
    String points = trained("points", TinyRecipe.points("steps=2"));
    String plane = evaluate(points, List.of()).refusal(ExitCode.UNREADABLE);
    assertTrue(plane.contains("generates points, not images"), plane);
  }

  @Test
  void wrongUsageIsRefused() {
    assertTrue(
        refusal(ExitCode.USAGE, "--metrics", "fd").contains("Did you mean fid?"), "near names");
    assertTrue(
        refusal(ExitCode.USAGE, "--features", "digit").contains("Did you mean digits?"), "names");
    assertTrue(refusal(ExitCode.USAGE, "--samples", "3").contains("at least 20, found 3"));
    assertTrue(refusal(ExitCode.USAGE, "--split", "all").contains("'all'"), "split");
    String graph = "graph:" + inception + "#input=ExpandDims,output=conv,side=8,channels=3";
    String classes =
        refusal(ExitCode.USAGE, "--features", graph, "--metrics", "is", "--convert-channels");
    assertTrue(classes.contains("a network that gives probabilities of classes"), classes);
  }

  private static JsonNode json(String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--json");
    Result result = evaluate(run, all);
    assertEquals(0, result.code(), result.err());
    assertEquals(1, result.outLines().size(), result.out());
    return new ObjectMapper().readTree(result.out());
  }

  private static String refusal(int code, String... options) {
    return evaluate(run, List.of(options)).refusal(code);
  }

  private static Result evaluate(String model, List<String> options) {
    return Console.run(options, "evaluate", model);
  }
}
