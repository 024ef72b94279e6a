package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.inference.GeneratorModel;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.Inspection;
import org.sparring.runfolders.RunFolder;
import org.sparring.runfolders.RunPlan;
import org.sparring.training.TrainingListener.Ending;

/** What one run leaves in its folder. */
class ExperimentTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Recipe RECIPE =
      TinyRecipe.with(
          "steps=10", "checkpoint.steps=2", "checkpoint.keep=3", "samples.steps=4", "log.steps=5");

  @TempDir private static Path root;
  private static RunFolder folder;
  private static Outcome outcome;

  @BeforeAll
  static void train() {
    folder = new RunFolder(root.resolve("run"));
    outcome = new Experiment(RECIPE, folder).train();
  }

  @Test
  void theOutcomeDescribesTheRun() {
    assertEquals(Ending.COMPLETED, outcome.ending());
    assertEquals(10, outcome.steps());
    assertEquals(10 * 8 / 1000.0, outcome.kimg(), 1e-12);
    assertEquals(folder.root().toString(), outcome.run());
    assertTrue(outcome.timing().seconds() > 0);
    assertTrue(outcome.timing().firstStepSeconds() > 0);
    assertTrue(outcome.timing().imagesPerSecond() > 0);
    assertTrue(outcome.timing().stepMsMedian() > 0);
    assertTrue(Double.isFinite(outcome.discriminatorLoss()));
    assertTrue(Double.isFinite(outcome.generatorLoss()));
    assertTrue(outcome.weightsSha256().matches("[0-9a-f]{64}"), outcome.weightsSha256());
  }

  @Test
  void theRecipeLiesThereWithEveryKey() {
    assertEquals(RECIPE, RunPlan.begun(folder));
  }

  @Test
  void theDescriptionNamesVersionsDeviceAndData() throws IOException {
    JsonNode run = JSON.readTree(folder.description().toFile());
    assertEquals(Runtime.version().feature() + "", run.get("java").asText().split("\\.", 2)[0]);
    assertEquals("2.18.0", run.get("tensorflow").asText());
    assertEquals("auto", run.get("device").asText());
    assertEquals(16, run.at("/data/height").asInt());
    assertEquals(256, run.at("/data/size").asInt());
    assertTrue(run.at("/data/sha256").asText().matches("[0-9a-f]{64}"));
    assertEquals(0, run.get("resumed_from").asInt());
  }

  @Test
  void theScalarsAreToldEveryFewSteps() throws IOException {
    List<String> lines = Files.readAllLines(folder.metrics());
    assertEquals(3, lines.size(), lines.toString());
    JsonNode last = JSON.readTree(lines.get(1));
    assertEquals(10, last.get("step").asInt());
    assertEquals(outcome.discriminatorLoss(), last.get("d_loss").asDouble());
    assertEquals(outcome.generatorLoss(), last.get("g_loss").asDouble());
    assertTrue(last.get("d_real").asDouble() > 0 && last.get("d_fake").asDouble() < 1);
    assertEquals("completed", JSON.readTree(lines.get(2)).get("message").asText());
  }

  /** A signal after the first logged step must find a run that knows it can be saved. */
  @Test
  void whetherToStopIsAskedBeforeAStepIsLogged(@TempDir Path other) {
    RunFolder run = new RunFolder(other.resolve("run"));
    List<Boolean> logged = new ArrayList<>();
    BooleanSupplier stop = () -> !logged.add(hasLines(run.metrics()));
    new Experiment(TinyRecipe.with("steps=2", "log.steps=1"), run).train(stop);
    assertEquals(List.of(false, true), logged);
  }

  private static boolean hasLines(Path file) {
    try {
      return Files.size(file) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void tensorBoardHasItsEvents() throws IOException {
    List<Path> events = names(folder.root(), "events.out.tfevents.");
    assertEquals(1, events.size(), events.toString());
    assertTrue(Files.size(events.get(0)) > 1000, "with grids of samples in it");
  }

  @Test
  void gridsOfSamplesCanBeLookedAt() throws IOException {
    List<Path> grids = names(folder.samples(), "step-");
    assertEquals(
        List.of("step-00000004.png", "step-00000008.png", "step-00000010.png"),
        grids.stream().map(p -> p.getFileName().toString()).toList());
    for (Path grid : grids) {
      BufferedImage image = ImageIO.read(grid.toFile());
      assertTrue(image.getWidth() >= 2 * 16 && image.getHeight() >= 2 * 16, grid.toString());
    }
  }

  @Test
  void theNewestCheckpointsStay() throws IOException {
    List<Path> kept = names(folder.checkpoints(), "");
    assertEquals(
        List.of("step-00000006", "step-00000008", "step-00000010"),
        kept.stream().map(p -> p.getFileName().toString()).toList());
    for (Path checkpoint : kept) {
      CheckpointStore.read(checkpoint);
    }
    assertEquals(
        outcome.weightsSha256(), CheckpointStore.read(kept.get(2)).manifest().weightsSha256());
  }

  @Test
  void theModelIsLoadedAndSampled() {
    try (GeneratorModel model = GeneratorModel.load(folder.root())) {
      assertEquals(4 * 16 * 16, model.sample(1, 4).values().length);
      assertEquals(8, model.latent());
    }
  }

  @Test
  void nothingHalfWrittenIsLeft() throws IOException {
    try (Stream<Path> all = Files.walk(folder.root())) {
      List<String> hidden =
          all.map(p -> p.getFileName().toString()).filter(n -> n.startsWith(".")).toList();
      assertEquals(List.of(".lock"), hidden);
    }
  }

  @Test
  void inspectionOfTheRunAndOfItsCheckpointAgree() {
    Map<String, Object> run = Inspection.of(folder.root());
    assertEquals("run", run.get("kind"));
    assertEquals(10L, run.get("step"));
    assertEquals(RECIPE, run.get("recipe"));
    assertEquals(outcome.weightsSha256(), run.get("weights_sha256"));
    Map<String, Object> checkpoint = Inspection.of(folder.checkpoints().resolve("step-00000010"));
    assertEquals("checkpoint", checkpoint.get("kind"));
    assertEquals(outcome.weightsSha256(), checkpoint.get("weights_sha256"));
  }

  @Test
  void inspectionOfTheModelDescribesItsImages() {
    Map<String, Object> model = Inspection.of(folder.savedModel());
    assertEquals("model", model.get("kind"));
    assertEquals(
        List.of(8, 16, 16, 1),
        List.of(
            model.get("latent"), model.get("height"), model.get("width"), model.get("channels")));
    assertTrue((long) model.get("parameters") > 0);
  }

  @Test
  void theSameRecipeGivesTheSameWeights() {
    Recipe same = TinyRecipe.with("steps=10", "checkpoint.steps=0", "samples.steps=0");
    Outcome again = new Experiment(same, new RunFolder(root.resolve("again"))).train();
    assertEquals(outcome.weightsSha256(), again.weightsSha256());
    Recipe other = TinyRecipe.with("steps=10", "seed=2", "checkpoint.steps=0", "samples.steps=0");
    Outcome another = new Experiment(other, new RunFolder(root.resolve("another"))).train();
    assertFalse(outcome.weightsSha256().equals(another.weightsSha256()));
  }

  private static List<Path> names(Path folder, String prefix) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(p -> p.getFileName().toString().startsWith(prefix)).sorted().toList();
    }
  }
}
