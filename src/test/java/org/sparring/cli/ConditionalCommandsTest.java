package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.cli.Console.Result;
import org.sparring.recipes.TinyRecipe;

/** What commands answer of a model that can be asked for a class, and of one that cannot. */
class ConditionalCommandsTest {
  @TempDir private static Path folder;
  private static String conditional;
  private static String plain;

  @BeforeAll
  static void train() {
    conditional = trained("conditional", "labels.kind=auxiliary", "samples.count=20");
    plain = trained("plain");
  }

  private static String trained(String name, String... settings) {
    String run = folder.resolve(name).toString();
    Result result =
        Console.run(TinyRecipe.options(settings), "train", "--run", run, "--steps", "2");
    assertEquals(0, result.code(), result.err());
    return run;
  }

  @Test
  void aClassIsDrawnAndSoIsARowOfEach() throws IOException {
    BufferedImage rows = sampled("--labels", "0..9", "--n", "3");
    BufferedImage seven = sampled("--label", "7", "--n", "3");
    BufferedImage some = sampled("--labels", "7,2", "--n", "3");
    // three images and four separators wide, ten of them and eleven high
    assertEquals(List.of(3, 10), List.of(cells(rows.getWidth()), cells(rows.getHeight())));
    assertEquals(List.of(3, 2), List.of(cells(some.getWidth()), cells(some.getHeight())));
    // both begin with an image of class 7 of the seed's first latent
    assertFalse(
        Arrays.equals(cell(seven), cell(rows)), "row 0 of all classes begins with another class");
    assertTrue(Arrays.equals(cell(seven), cell(some)));
  }

  @Test
  void aPreviewOfAConditionalRunHasARowAClass() throws IOException {
    BufferedImage preview =
        ImageIO.read(Path.of(conditional, "samples", "step-00000002.png").toFile());
    assertEquals(List.of(2, 10), List.of(cells(preview.getWidth()), cells(preview.getHeight())));
  }

  /** Images without labels are not all of the wrong class. */
  @Test
  void agreementIsKnownOfLabelledImagesOnly() throws IOException {
    String images = folder.resolve("unlabelled").toString();
    Console.run("synthesize", plain, "--n", "30", "--to", images);
    List<String> options =
        List.of("--samples", "30", "--metrics", "kid", "--data", "folder:" + images);
    Result table = Console.run(options, "evaluate", conditional);
    assertEquals(0, table.code(), table.err());
    assertTrue(
        table.outLines().stream()
            .anyMatch(line -> line.startsWith("answers of the asked") && line.endsWith(" -")),
        table.out());
    assertTrue(table.out().contains("split           all"), table.out());
    List<String> json = new ArrayList<>(options);
    json.add("--json");
    String line = Console.run(json, "evaluate", conditional).lastLine();
    assertTrue(new ObjectMapper().readTree(line).at("/agreement/real").isNull(), line);
  }

  @Test
  void inspectPrintsTheClasses() {
    assertTrue(Console.run("inspect", conditional + "/saved_model").out().contains("classes  "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--label 10 | --label: expected a class from 0 to 9, found 10",
        "--labels 0..10 | --labels: expected a class from 0 to 9, found 10",
        "--labels 9..0 | --labels: expected a range that goes up, found '9..0'",
        "--labels all | --labels: expected classes such as 0..9 or 1,3,5, found 'all'",
        "--labels 1 --label 2 | --labels: expected no --label with it, found 2"
      })
  void whatIsNoClassIsWrongUsage(String options, String reason) {
    Result result = sample(conditional, options.split(" "));
    assertEquals(2, result.code());
    assertTrue(result.err().contains(reason), result.err());
  }

  @Test
  void anUnconditionalModelHasNoClassesToAskFor() {
    Result result = sample(plain, "--label", "1");
    assertEquals(2, result.code());
    assertTrue(
        result.err().contains("--label: expected a conditional model, found one without classes"),
        result.err());
  }

  @Test
  void aWayOfAnUnconditionalModelHasNoClassEither() {
    String message =
        Console.run("interpolate", plain, "--from", "1", "--to", "2", "--label", "0").refusal(2);
    assertTrue(message.contains("--label: expected a conditional model"), message);
  }

  @Test
  void dataWithoutClassesIsNamed() {
    Result result =
        Console.run(
            TinyRecipe.options("labels.kind=projection", "net.kind=mlp", "data.source=ring"),
            "train",
            "--run",
            folder.resolve("ring").toString());
    assertEquals(3, result.code(), result.err());
    assertTrue(result.err().contains("found samples without labels"), result.err());
  }

  @Test
  void aHalvedExportIsSampledLikeTheWhole() {
    String half = folder.resolve("half").toString();
    Result result = Console.run("export", conditional, "--precision", "float16", "--out", half);
    assertEquals(0, result.code(), result.err());
    assertEquals(0, sample(half, "--labels", "0..3").code());
    Result last = Console.run("export", conditional, "--weights", "last", "--out", half);
    assertEquals(0, last.code(), last.err());
    Result neither = Console.run("export", conditional, "--weights", "first");
    assertTrue(neither.err().contains("--weights: expected average or last, found first"));
    Result wrong = Console.run("export", conditional, "--precision", "int8");
    assertEquals(2, wrong.code());
    assertTrue(wrong.err().contains("--precision: expected float32 or float16, found int8"));
  }

  private static Result sample(String model, String... options) {
    List<String> all = new ArrayList<>(List.of("sample", model, "--out"));
    all.add(folder.resolve("out.png").toString());
    all.addAll(List.of(options));
    return Console.run(all.toArray(String[]::new));
  }

  private static BufferedImage sampled(String... options) throws IOException {
    Result result = sample(conditional, options);
    assertEquals(0, result.code(), result.err());
    return ImageIO.read(folder.resolve("out.png").toFile());
  }

  /** 16 pixels enlarged four times, and two of separator. */
  private static int cells(int extent) {
    return (extent - 2) / 66;
  }

  /** The first image of a grid. */
  private static double[] cell(BufferedImage grid) {
    return grid.getRaster().getPixels(2, 2, 64, 64, (double[]) null);
  }
}
