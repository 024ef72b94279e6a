package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.errors.CheckpointException;
import org.sparring.errors.RecipeException;
import org.sparring.errors.StorageException;
import org.sparring.inference.GeneratorModel;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunPlan;
import org.sparring.training.DivergenceException;
import org.sparring.training.TrainingListener.Ending;

/** Run folders that are damaged, linked, or in use by another run. */
class RunFolderStateTest {
  @TempDir private Path root;
  private TinyRuns runs;

  @BeforeEach
  void setUp() {
    runs = new TinyRuns(root);
  }

  @Test
  void aRunThatDivergesKeepsItsLastGoodCheckpoint() throws IOException {
    List<String> settings =
        TinyRecipe.settings("optimizer.learning_rate=1e30", "checkpoint.steps=1", "steps=20");
    DivergenceException diverged =
        assertThrows(DivergenceException.class, () -> runs.train("run", false, settings));
    assertTrue(diverged.getMessage().startsWith("diverged: "), diverged.getMessage());
    assertTrue(diverged.getMessage().contains(" at step " + diverged.step()));
    long good = runs.checkpoints().latest().orElseThrow().manifest().step();
    assertEquals(diverged.step() - 1, good);
    Outcome kept = runs.train("run", true, List.of(), "steps=" + good);
    assertEquals(good, kept.steps());
    List<String> lines = Files.readAllLines(root.resolve("run/metrics.jsonl"));
    assertTrue(lines.get(lines.size() - 1).contains("completed"), lines.toString());
  }

  @Test
  void ofTwoRunsInOneFolderTheSecondIsRefused() {
    RunPlan plan = runs.plan("run", false, TinyRecipe.settings(), "steps=1");
    List<String> refusals = new ArrayList<>();
    new Experiment(plan.recipe(), plan.folder())
        .train(
            () -> {
              Experiment second = new Experiment(plan.recipe(), plan.folder());
              refusals.add(assertThrows(RecipeException.class, second::train).getMessage());
              return false;
            });
    assertEquals(
        List.of(
            plan.folder().root()
                + " is being trained in by another process; wait for it, or give another run folder"),
        refusals);
  }

  @Test
  void aDamagedNewestCheckpointSaysWhichFileAndHowToGoOn() throws IOException {
    runs.train("run", false, TinyRecipe.settings("checkpoint.keep=1"), "steps=4");
    Path newest = runs.checkpoints().latest().orElseThrow().folder();
    Path weights = newest.resolve("variables.data-00000-of-00001");
    long size = Files.size(weights);
    Files.write(weights, new byte[10]);
    assertEquals(
        weights
            + ": expected "
            + size
            + " bytes, found 10\nDelete the folder "
            + newest
            + " to resume from an older checkpoint.",
        assertThrows(CheckpointException.class, () -> runs.train("run", true, List.of()))
            .getMessage());
    runs.deleteCheckpoint(4);
    assertEquals(4, runs.train("run", true, List.of()).steps());
  }

  /** Of the same length, so that nothing but its content shows it. */
  @Test
  void aDamagedNewestCheckpointIsPassedOverForTheOneBefore() throws IOException {
    Outcome whole = runs.train("run", false, TinyRecipe.settings("checkpoint.steps=2"), "steps=4");
    Path weights =
        runs.checkpoints().latest().orElseThrow().folder().resolve("variables.data-00000-of-00001");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length / 2] ^= 1;
    Files.write(weights, bytes);
    assertEquals(2, runs.checkpoints().latest().orElseThrow().manifest().step());
    Outcome again = runs.train("run", true, List.of());
    assertEquals(whole.weightsSha256(), again.weightsSha256());
    assertEquals(List.of(1L, 2L, 3L, 4L), runs.loggedSteps("run"));
  }

  /** A manifest as version 0.1.0 wrote it, without hashes, whose weights are another step's. */
  @ParameterizedTest
  @ValueSource(strings = {"weights_sha256", "step", "seed"})
  void whatIsRestoredIsComparedWithTheManifest(String key) throws IOException {
    Outcome whole = runs.train("run", false, TinyRecipe.settings("checkpoint.steps=2"), "steps=4");
    Path file = root.resolve("run/checkpoints/step-00000004/manifest.json");
    ObjectMapper json = new ObjectMapper();
    ObjectNode manifest = (ObjectNode) json.readTree(file.toFile());
    manifest.remove("files_sha256");
    if (key.equals("weights_sha256")) {
      manifest.put(key, "0".repeat(64));
    } else {
      manifest.put(key, manifest.get(key).asLong() + 1);
    }
    json.writeValue(file.toFile(), manifest);
    assertEquals(whole.weightsSha256(), runs.train("run", true, List.of()).weightsSha256());
    assertEquals(List.of(1L, 2L, 3L, 4L), runs.loggedSteps("run"));
  }

  @Test
  void moreSamplesThanAPictureHoldsAreRefusedBeforeAnythingIsTrained() throws IOException {
    Path images = Files.createDirectories(root.resolve("images"));
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, "png", images.resolve("one.png").toFile());
    List<String> settings =
        TinyRecipe.settings("data.source=folder:" + images, "data.side=512", "samples.count=9999");
    RecipeException refused =
        assertThrows(RecipeException.class, () -> runs.train("run", false, settings));
    assertTrue(refused.getMessage().startsWith("samples.count: expected at most"));
    assertFalse(Files.exists(root.resolve("run")));
  }

  /** As fast as it can, and with one checkpoint kept: each is gone within milliseconds. */
  @Test
  void anExportDuringAFastRunFindsACheckpoint() throws Exception {
    List<String> settings =
        TinyRecipe.settings("checkpoint.steps=1", "checkpoint.keep=1", "meters.steps=0");
    RunPlan plan = runs.plan("run", false, settings, "steps=100000");
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Outcome> run =
        CompletableFuture.supplyAsync(
            () -> new Experiment(plan.recipe(), plan.folder()).train(stop::get));
    try {
      while (runs.checkpoints().all().isEmpty() && !run.isDone()) {
        Thread.sleep(5);
      }
      Experiment other = new Experiment(RunPlan.begun(plan.folder()), plan.folder());
      for (int i = 0; i < 5; i++) {
        other.export(root.resolve("model"));
        GeneratorModel.load(root.resolve("model")).close();
      }
    } finally {
      stop.set(true);
    }
    assertEquals(Ending.INTERRUPTED, run.get(60, TimeUnit.SECONDS).ending());
    try (Stream<Path> left = Files.list(root.resolve("run/checkpoints"))) {
      assertEquals(1, left.count());
    }
  }

  @Test
  void aRunThatLostItsRecipeIsRefused() throws IOException {
    runs.train("run", false, TinyRecipe.settings(), "steps=1");
    Files.delete(root.resolve("run/recipe.yaml"));
    for (boolean resume : new boolean[] {true, false}) {
      RecipeException refused =
          assertThrows(
              RecipeException.class,
              () -> runs.train("run", resume, TinyRecipe.settings(), "steps=2"));
      assertTrue(refused.getMessage().contains("Put the recipe back"), refused.getMessage());
    }
  }

  @Test
  void aRunFolderIsNotFollowedOutOfThroughALink() throws IOException {
    Path outside = Files.createDirectories(root.resolve("outside"));
    Files.createDirectories(root.resolve("run"));
    Files.createSymbolicLink(root.resolve("run/checkpoints"), outside);
    assertThrows(
        StorageException.class, () -> runs.train("run", false, TinyRecipe.settings(), "steps=1"));
    try (Stream<Path> files = Files.list(outside)) {
      assertEquals(0, files.count());
    }
    // the run folder itself may be a link
    Files.createSymbolicLink(root.resolve("link"), outside);
    assertEquals(1, runs.train("link", false, TinyRecipe.settings(), "steps=1").steps());
  }

  @ParameterizedTest
  @ValueSource(strings = {"data.source=mnist:/none", "data.side=17", "data.side=20000"})
  void aRecipeThatCannotRunLeavesNoFolder(String setting) {
    assertThrows(
        RuntimeException.class, () -> runs.train("run", false, TinyRecipe.settings(setting)));
    assertFalse(Files.exists(root.resolve("run")));
  }
}
