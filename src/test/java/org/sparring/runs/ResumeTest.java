package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.errors.CheckpointException;
import org.sparring.errors.DataException;
import org.sparring.errors.RecipeException;
import org.sparring.errors.StorageException;
import org.sparring.inference.GeneratorModel;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunPlan;
import org.sparring.training.DivergenceException;
import org.sparring.training.TrainingListener.Ending;

/** Runs that stop and go on, within one process. */
class ResumeTest {
  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "game.rule=alternating",
        "game.rule=simultaneous",
        "optimizer.schedule=cosine",
        "net.kind=mlp"
      })
  void twentyStepsAndTwentyMoreAreFortyBitForBit(String setting) throws IOException {
    List<String> settings =
        TinyRecipe.settings("optimizer.decay_steps=50", "checkpoint.steps=0", setting);
    Outcome whole = train("whole", false, settings, "steps=40");
    train("parts", false, settings, "steps=20");
    Outcome parts = train("parts", true, List.of(), "steps=40");
    assertEquals(whole.weightsSha256(), parts.weightsSha256());
    assertEquals(40, parts.steps());
    assertEquals(whole.kimg(), parts.kimg());
    assertEquals(whole.generatorLoss(), parts.generatorLoss());
    assertEquals(LongStream.rangeClosed(1, 40).boxed().toList(), stepsTold("parts"));
  }

  /** A key that came with a later version has its default, which leaves the game as it was. */
  @Test
  void aRunOfAVersionWithFewerKeysIsGoneOnWith() throws IOException {
    Outcome whole = train("whole", false, TinyRecipe.settings(), "steps=4");
    train("parts", false, TinyRecipe.settings(), "steps=2");
    Path file = root.resolve("parts/recipe.yaml");
    String yaml = Files.readString(file);
    for (String group : List.of("penalty", "augment", "meters")) {
      yaml = yaml.replaceFirst("(?m)^" + group + ":\\n( .*\\n)+", "");
    }
    for (String key :
        List.of("mirror", "discriminator_norm", "packing", "smoothing", "strength", "kind")) {
      yaml = yaml.replaceFirst("(?m)^ +" + key + ": (?!mlp|dcgan|non-sat).*\\n", "");
    }
    assertFalse(yaml.contains("packing") || yaml.contains("penalty"), yaml);
    Files.writeString(file, yaml);
    Outcome parts = train("parts", true, List.of(), "steps=4");
    assertEquals(whole.weightsSha256(), parts.weightsSha256());
  }

  @Test
  void aProbabilityThatMovesAndMirroredImagesAreGoneOnWith() {
    List<String> settings =
        TinyRecipe.settings(
            "data.mirror=true",
            "augment.kind=color+translation+cutout",
            "augment.target=0.3",
            "augment.kimg=0.04",
            "net.discriminator_norm=none",
            "penalty.kind=r1",
            "penalty.every=2");
    Outcome whole = train("whole", false, settings, "steps=9");
    train("parts", false, settings, "steps=4");
    Outcome parts = train("parts", true, List.of(), "steps=9");
    assertEquals(whole.weightsSha256(), parts.weightsSha256());
  }

  @Test
  void aRunThatLostItsLastCheckpointTellsEachStepOnce() throws IOException {
    Outcome whole =
        train(
            "run",
            false,
            TinyRecipe.settings("checkpoint.steps=7", "checkpoint.keep=9"),
            "steps=20");
    deleteCheckpoint(20);
    deleteCheckpoint(14);
    Outcome again = train("run", true, List.of());
    assertEquals(whole.weightsSha256(), again.weightsSha256());
    assertEquals(LongStream.rangeClosed(1, 20).boxed().toList(), stepsTold("run"));
  }

  @Test
  void aRunThatDidAllItsStepsAddsNone() {
    Outcome first = train("run", false, TinyRecipe.settings(), "steps=2");
    Outcome again = train("run", true, List.of());
    assertEquals(first.weightsSha256(), again.weightsSha256());
    assertEquals(2, again.steps());
    assertEquals(null, again.discriminatorLoss());
  }

  @Test
  void fewerStepsThanDoneAreRefused() {
    train("run", false, TinyRecipe.settings(), "steps=4");
    assertEquals(
        "steps: expected at least the 4 that " + root.resolve("run") + " has done, found 2",
        assertThrows(RecipeException.class, () -> train("run", true, List.of(), "steps=2"))
            .getMessage());
  }

  @Test
  void otherDataIsRefused() {
    train("run", false, TinyRecipe.settings(), "steps=2");
    String message =
        assertThrows(
                DataException.class,
                () -> train("run", true, List.of(), "steps=4", "data.source=glyphs:128"))
            .getMessage();
    assertTrue(message.contains("the images this run was trained on"), message);
    assertTrue(message.contains("Give the same data, or start a new run"), message);
  }

  @Test
  void aRunThatIsAskedToStopWritesItsStateAndIsGoneOnWith() {
    Outcome whole = train("whole", false, TinyRecipe.settings(), "steps=12");
    AtomicInteger asked = new AtomicInteger();
    RunPlan plan = plan("run", false, TinyRecipe.settings(), "steps=12");
    Outcome stopped =
        new Experiment(plan.recipe(), plan.folder()).train(() -> asked.incrementAndGet() == 5);
    assertEquals(Ending.INTERRUPTED, stopped.ending());
    assertEquals(5, stopped.steps());
    assertTrue(Files.isDirectory(plan.folder().savedModel()));
    assertEquals(whole.weightsSha256(), train("run", true, List.of()).weightsSha256());
  }

  @Test
  void aRunThatDivergesKeepsItsLastGoodCheckpoint() throws IOException {
    List<String> settings =
        TinyRecipe.settings("optimizer.learning_rate=1e30", "checkpoint.steps=1", "steps=20");
    DivergenceException diverged =
        assertThrows(DivergenceException.class, () -> train("run", false, settings));
    assertTrue(diverged.getMessage().startsWith("diverged: "), diverged.getMessage());
    assertTrue(diverged.getMessage().contains(" at step " + diverged.step()));
    long good = checkpoints().latest().orElseThrow().manifest().step();
    assertEquals(diverged.step() - 1, good);
    Outcome kept = train("run", true, List.of(), "steps=" + good);
    assertEquals(good, kept.steps());
    List<String> lines = Files.readAllLines(root.resolve("run/metrics.jsonl"));
    assertTrue(lines.get(lines.size() - 1).contains("completed"), lines.toString());
  }

  @Test
  void ofTwoRunsInOneFolderTheSecondIsRefused() {
    RunPlan plan = plan("run", false, TinyRecipe.settings(), "steps=1");
    List<String> told = new ArrayList<>();
    new Experiment(plan.recipe(), plan.folder())
        .train(
            () -> {
              Experiment second = new Experiment(plan.recipe(), plan.folder());
              told.add(assertThrows(RecipeException.class, second::train).getMessage());
              return false;
            });
    assertEquals(
        List.of(
            plan.folder().root()
                + " is being trained in by another process; wait for it, or give another run folder"),
        told);
  }

  @Test
  void aDamagedNewestCheckpointSaysWhichFileAndHowToGoOn() throws IOException {
    train("run", false, TinyRecipe.settings("checkpoint.keep=1"), "steps=4");
    Path newest = checkpoints().latest().orElseThrow().folder();
    Path weights = newest.resolve("variables.data-00000-of-00001");
    long size = Files.size(weights);
    Files.write(weights, new byte[10]);
    assertEquals(
        weights
            + ": expected "
            + size
            + " bytes, found 10\nDelete the folder "
            + newest
            + " to go on from an older checkpoint.",
        assertThrows(CheckpointException.class, () -> train("run", true, List.of())).getMessage());
    deleteCheckpoint(4);
    assertEquals(4, train("run", true, List.of()).steps());
  }

  /** Of the same length, so that nothing but its content shows it. */
  @Test
  void aDamagedNewestCheckpointIsPassedOverForTheOneBefore() throws IOException {
    Outcome whole = train("run", false, TinyRecipe.settings("checkpoint.steps=2"), "steps=4");
    Path weights =
        checkpoints().latest().orElseThrow().folder().resolve("variables.data-00000-of-00001");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length / 2] ^= 1;
    Files.write(weights, bytes);
    assertEquals(2, checkpoints().latest().orElseThrow().manifest().step());
    Outcome again = train("run", true, List.of());
    assertEquals(whole.weightsSha256(), again.weightsSha256());
    assertEquals(List.of(1L, 2L, 3L, 4L), stepsTold("run"));
  }

  /** A manifest as version 0.1.0 wrote it, without hashes, whose weights are another step's. */
  @ParameterizedTest
  @ValueSource(strings = {"weights_sha256", "step", "seed"})
  void whatIsRestoredIsComparedWithTheManifest(String key) throws IOException {
    Outcome whole = train("run", false, TinyRecipe.settings("checkpoint.steps=2"), "steps=4");
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
    assertEquals(whole.weightsSha256(), train("run", true, List.of()).weightsSha256());
    assertEquals(List.of(1L, 2L, 3L, 4L), stepsTold("run"));
  }

  /** A lazy penalty is paid in one of four steps; the lines between repeat its last value. */
  @Test
  void theFirstLinesAfterAResumeHaveTheLastPenaltyThoughItWasNotLogged() throws IOException {
    List<String> settings =
        TinyRecipe.settings(
            "penalty.kind=r1", "penalty.every=4", "net.discriminator_norm=none", "log.steps=3");
    train("whole", false, settings, "steps=9");
    train("parts", false, settings, "steps=5");
    train("parts", true, List.of(), "steps=9");
    List<String> expected = penalties("whole");
    assertEquals(3, expected.stream().distinct().count(), expected.toString());
    assertEquals(expected, penalties("parts"));
  }

  private List<String> penalties(String run) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<String> penalties = new ArrayList<>();
    for (String line : Files.readAllLines(root.resolve(run).resolve("metrics.jsonl"))) {
      JsonNode told = json.readTree(line);
      if (told.has("d_loss")) {
        penalties.add(String.valueOf(told.get("d_penalty")));
      }
    }
    return penalties;
  }

  @Test
  void moreSamplesThanAPictureHoldsAreRefusedBeforeAnythingIsTrained() throws IOException {
    Path images = Files.createDirectories(root.resolve("images"));
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, "png", images.resolve("one.png").toFile());
    List<String> settings =
        TinyRecipe.settings("data.source=folder:" + images, "data.side=512", "samples.count=9999");
    RecipeException refused =
        assertThrows(RecipeException.class, () -> train("run", false, settings));
    assertTrue(refused.getMessage().startsWith("samples.count: expected at most"));
    assertFalse(Files.exists(root.resolve("run")));
  }

  /** As fast as it can, and with one checkpoint kept: each is gone within milliseconds. */
  @Test
  void anExportBesideAFastRunFindsACheckpoint() throws Exception {
    List<String> settings =
        TinyRecipe.settings("checkpoint.steps=1", "checkpoint.keep=1", "meters.steps=0");
    RunPlan plan = plan("run", false, settings, "steps=100000");
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Outcome> run =
        CompletableFuture.supplyAsync(
            () -> new Experiment(plan.recipe(), plan.folder()).train(stop::get));
    try {
      while (checkpoints().all().isEmpty() && !run.isDone()) {
        Thread.sleep(5);
      }
      Experiment beside = new Experiment(RunPlan.begun(plan.folder()), plan.folder());
      for (int i = 0; i < 5; i++) {
        beside.export(root.resolve("model"));
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
    train("run", false, TinyRecipe.settings(), "steps=1");
    Files.delete(root.resolve("run/recipe.yaml"));
    for (boolean resume : new boolean[] {true, false}) {
      RecipeException refused =
          assertThrows(
              RecipeException.class, () -> train("run", resume, TinyRecipe.settings(), "steps=2"));
      assertTrue(refused.getMessage().contains("Put the recipe back"), refused.getMessage());
    }
  }

  @Test
  void aRunFolderIsNotFollowedOutOfThroughALink() throws IOException {
    Path outside = Files.createDirectories(root.resolve("outside"));
    Files.createDirectories(root.resolve("run"));
    Files.createSymbolicLink(root.resolve("run/checkpoints"), outside);
    assertThrows(
        StorageException.class, () -> train("run", false, TinyRecipe.settings(), "steps=1"));
    try (Stream<Path> files = Files.list(outside)) {
      assertEquals(0, files.count());
    }
    // the run folder itself may be a link
    Files.createSymbolicLink(root.resolve("link"), outside);
    assertEquals(1, train("link", false, TinyRecipe.settings(), "steps=1").steps());
  }

  @Test
  void aRunKilledBeforeItsFirstCheckpointBeginsAgain() throws IOException {
    Outcome whole = train("run", false, TinyRecipe.settings(), "steps=3");
    deleteCheckpoint(3);
    Outcome again = train("run", true, List.of());
    assertEquals(whole.weightsSha256(), again.weightsSha256());
    assertEquals(List.of(1L, 2L, 3L), stepsTold("run"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"data.source=mnist:/none", "data.side=17", "data.side=20000"})
  void aRecipeThatCannotRunLeavesNoFolder(String setting) {
    assertThrows(RuntimeException.class, () -> train("run", false, TinyRecipe.settings(setting)));
    assertFalse(Files.exists(root.resolve("run")));
  }

  private Outcome train(String run, boolean resume, List<String> settings, String... more) {
    RunPlan plan = plan(run, resume, settings, more);
    return new Experiment(plan.recipe(), plan.folder()).train();
  }

  private RunPlan plan(String run, boolean resume, List<String> settings, String... more) {
    List<String> all = new ArrayList<>(settings);
    all.addAll(List.of(more));
    return RunPlan.of(null, root.resolve(run), resume, all);
  }

  private CheckpointStore checkpoints() {
    return new CheckpointStore(root.resolve("run/checkpoints"), 3);
  }

  private void deleteCheckpoint(long step) throws IOException {
    Path folder = root.resolve(String.format(Locale.ROOT, "run/checkpoints/step-%08d", step));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private List<Long> stepsTold(String run) throws IOException {
    return Files.readAllLines(root.resolve(run).resolve("metrics.jsonl")).stream()
        .map(ResumeTest::parsed)
        .filter(line -> line.has("d_loss"))
        .map(line -> line.get("step").asLong())
        .toList();
  }

  private static JsonNode parsed(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
