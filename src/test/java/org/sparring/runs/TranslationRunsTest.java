package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.data.ArrayDataset;
import org.sparring.data.Dataset;
import org.sparring.errors.RecipeException;
import org.sparring.inference.GeneratorExport.Form;
import org.sparring.inference.ImageModel;
import org.sparring.inference.Precision;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Picture;
import org.sparring.recipes.RecipeReader;
import org.sparring.runfolders.RunFolder;
import org.sparring.runfolders.RunPlan;

/** Runs of the tasks from images to images, in miniature. */
class TranslationRunsTest {
  private static final ImageGeometry IMAGE = new ImageGeometry(16, 16, 3);
  private static final int SIZE = 12;

  private static final List<String> ALL =
      List.of(
          "batch=2",
          "translator.width=4",
          "translator.patch_width=4",
          "translator.patch_halvings=2",
          "samples.count=2",
          "meters.steps=5",
          "meters.samples=8");

  private static final List<String> PAIRED =
      List.of("task.kind=paired", "translator.kind=unet", "translator.depth=3");
  private static final List<String> UNPAIRED =
      List.of(
          "task.kind=unpaired",
          "task.pool=4",
          "translator.kind=resnet",
          "translator.depth=1",
          "translator.patch_norm=instance",
          "loss.kind=least-squares");
  private static final List<String> RESTORED =
      List.of(
          "task.kind=restore",
          "pretraining.steps=4",
          "pretraining.learning_rate=0.001",
          "pretraining.schedule=cosine",
          "task.pixel=0.01",
          "task.adversarial=0.005",
          "translator.kind=srresnet",
          "translator.depth=1",
          "translator.patch_norm=spectral",
          "loss.kind=relativistic-average");

  @TempDir Path folder;

  static List<List<String>> tasks() {
    return List.of(PAIRED, UNPAIRED, RESTORED);
  }

  /**
   * The pool of an unpaired run is full after two steps, and a restoring run changes its phase
   * after four. The run that stops makes several steps in a call.
   */
  @ParameterizedTest
  @MethodSource("tasks")
  void aRunThatStopsAnywhereEndsWithTheSameWeights(List<String> task) {
    String whole = train("whole", task, 8, "device.steps_per_run=1");
    for (int stop : new int[] {3, 4, 6}) {
      train("parts", task, stop, "device.steps_per_run=3");
    }
    assertEquals(whole, train("parts", task, 8, "device.steps_per_run=3"));
  }

  @Tag("long")
  @Test
  void theSkippedPhaseAndTheOtherTermsMatter() {
    String whole = train("whole", RESTORED, 6);
    assertNotEquals(whole, train("longer", RESTORED, 6, "pretraining.steps=5"));
    assertNotEquals(whole, train("none", RESTORED, 6, "pretraining.steps=0"));
    String cycles = train("cycles", UNPAIRED, 4);
    for (String other : List.of("task.pool=0", "task.identity=0")) {
      assertNotEquals(cycles, train(other, UNPAIRED, 4, other), other);
    }
  }

  /** The second phase compares features too, which changes the weights and is resumed exactly. */
  @Test
  void aRunComparesFeatures() {
    String features = "perceptual.features=digits";
    String whole = train("whole", RESTORED, 7, features);
    train("parts", RESTORED, 5, features);
    assertEquals(whole, train("parts", RESTORED, 7, features));
    assertNotEquals(whole, train("none", RESTORED, 7));
  }

  @Test
  void anUnpairedRunIsMeasuredBothWays() throws Exception {
    train("run", UNPAIRED, 1, "meters.steps=1");
    String lines = Files.readString(folder.resolve("run/metrics.jsonl"));
    for (String meter : List.of("a_cycle", "b_cycle", "a_identity", "b_identity")) {
      assertTrue(lines.contains("\"" + meter + "\":"), meter + " in " + lines);
    }
  }

  /** While a generator is pretrained, the discriminator is neither asked nor moved. */
  @Test
  void pretrainingLeavesTheDiscriminatorAlone() throws Exception {
    train("run", RESTORED, 8, "log.steps=1", "meters.steps=1");
    List<String> lines = Files.readAllLines(folder.resolve("run/metrics.jsonl"));
    for (int step = 1; step <= 8; step++) {
      String start = "{\"step\":" + step + ",";
      String line =
          lines.stream()
              .filter(l -> l.startsWith(start) && l.contains("d_loss"))
              .findFirst()
              .orElseThrow();
      assertEquals(step <= 4, line.contains("\"d_loss\":0.0"), line);
      assertTrue(lines.stream().anyMatch(l -> l.startsWith(start) && l.contains("psnr")), line);
    }
  }

  @Test
  void aRunIsExportedAndShown() {
    train("run", PAIRED, 2);
    assertTrue(Files.exists(folder.resolve("run/saved_model/saved_model.pb")));
    assertTrue(Files.exists(folder.resolve("run/samples/step-00000002.png")));
  }

  /** Rounded weights change a picture a little, and the last weights are others. */
  @Test
  void aRunIsExportedInEachForm() throws Exception {
    train("run", PAIRED, 6, "optimizer.learning_rate=0.05");
    RunFolder run = new RunFolder(folder.resolve("run"));
    Experiment experiment = new Experiment(RunPlan.begun(run), run);
    Map<String, byte[]> pictures = new HashMap<>();
    Map<String, Long> bytes = new HashMap<>();
    for (boolean averaged : new boolean[] {true, false}) {
      for (Precision precision : Precision.values()) {
        String name = averaged + " " + precision.label();
        Path target = folder.resolve(name);
        experiment.export(target, new Form(averaged, precision));
        try (ImageModel model = ImageModel.load(target)) {
          pictures.put(
              name,
              model.apply(model.function("a_to_b"), new Picture(IMAGE, pixels(1, 1))).pixels());
        }
        Path weights = target.resolve("variables/variables.data-00000-of-00001");
        bytes.put(name, Files.size(weights));
      }
    }
    int rounded = difference(pictures.get("true float32"), pictures.get("true float16"));
    int last = difference(pictures.get("true float32"), pictures.get("false float32"));
    assertTrue(rounded <= 3, "levels by rounding: " + rounded);
    assertTrue(last > 3, "levels of the last weights: " + last);
    assertTrue(bytes.get("true float16") < 0.55 * bytes.get("true float32"), bytes.toString());
  }

  private static int difference(byte[] a, byte[] b) {
    return IntStream.range(0, a.length)
        .map(i -> Math.abs((a[i] & 255) - (b[i] & 255)))
        .max()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aRunTrainsInMixedPrecision(List<String> task) {
    assertEquals(64, train("mixed", task, 5, "device.precision=mixed_bfloat16").length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "task.kind=paired translator.depth=10"
            + "|translator.depth: expected 2 to 9 with translator.kind unet, found 10",
        "task.kind=restore"
            + "|translator.kind: expected srresnet or rrdb with task.kind restore, found unet",
        "task.kind=sample task.direction=a-to-b"
            + "|task.direction: expected both with task.kind sample, found a-to-b",
        "task.kind=paired pretraining.steps=5"
            + "|pretraining.steps: expected 0 with task.kind paired, found 5",
        "task.kind=unpaired translator.kind=resnet task.pool=2 batch=8"
            + "|task.pool: expected 0 or at least batch 8, found 2",
        "task.kind=paired perceptual.features=digits"
            + "|perceptual.features: expected none with task.kind paired, found digits",
        "task.kind=paired labels.kind=projection"
            + "|labels.kind: expected none with task.kind paired, found projection",
        "task.kind=paired penalty.kind=r1 penalty.weight=1"
            + "|penalty: expected none with task.kind paired, found r1",
        "data.crop=16"
            + "|data.crop: expected 0 with task.kind sample, whose networks have the size of whole"
            + " images, found 16",
        "task.kind=paired game.rule=consensus"
            + "|game.rule: expected a rule that differentiates once with task.kind paired, found"
            + " consensus"
      })
  void keysThatDoNotFitAreRefused(String keys, String message) {
    RecipeReader reader = new RecipeReader();
    List.of(keys.split(" ")).forEach(reader::set);
    var e =
        assertThrows(
            RecipeException.class,
            () -> Experiment.builder(reader.recipe()).silent().in(folder.resolve("x")).train());
    assertEquals(message, e.getMessage());
  }

  @Test
  void imagesThatCannotBeHalvedAreRefused() {
    var e =
        assertThrows(RecipeException.class, () -> train("run", PAIRED, 2, "translator.depth=5"));
    assertEquals(
        "data.side and data.crop: expected multiples of 32 for translator.kind unet and"
            + " translator.patch_halvings 2, found images of 16×16",
        e.getMessage());
  }

  private String train(String name, List<String> task, int steps, String... more) {
    RecipeReader reader = new RecipeReader().set("steps", String.valueOf(steps));
    ALL.forEach(reader::set);
    task.forEach(reader::set);
    List.of(more).forEach(reader::set);
    ExperimentBuilder builder = Experiment.builder(reader.recipe());
    if (task == UNPAIRED) {
      builder.data("a", images("a", 1)).data("b", images("b", 2));
    } else {
      builder.data(pairs());
    }
    return builder.silent().in(folder.resolve(name)).train().weightsSha256();
  }

  private static Dataset pairs() {
    return ArrayDataset.of("pairs", SIZE)
        .images("a", IMAGE, pixels(1, SIZE))
        .images("b", IMAGE, pixels(2, SIZE));
  }

  private static Dataset images(String name, int seed) {
    return ArrayDataset.of(name, SIZE).images("image", IMAGE, pixels(seed, SIZE));
  }

  private static byte[] pixels(int seed, int images) {
    byte[] pixels = new byte[images * IMAGE.bytes()];
    new Random(seed).nextBytes(pixels);
    return pixels;
  }
}
