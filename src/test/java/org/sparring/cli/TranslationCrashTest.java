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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.pictures.Images;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunFolder;
import org.sparring.runs.Experiment;

/**
 * Training processes of tasks from images to images that are killed and resumed: the weights equal
 * the weights of a run that nothing happened to.
 */
@DisabledOnOs(OS.WINDOWS)
class TranslationCrashTest {
  private static final int STEPS = 60;

  /** Steps of the first phase of {@code restore}. */
  private static final int FIRST = 30;

  private static final List<String> ALL =
      List.of(
          "data.side=16",
          "data.channels=3",
          "batch=2",
          "translator.width=4",
          "translator.depth=1",
          "translator.patch_width=4",
          "translator.patch_halvings=1",
          "samples.count=1",
          "device.kind=cpu",
          "checkpoint.keep=2",
          "steps=" + STEPS);

  @TempDir private Path folder;

  @Test
  void restoreIsKilledInItsFirstPhase() throws Exception {
    List<String> task = restored();
    String whole = uninterrupted(task);
    assertTrue(killedAfter(5, task) < FIRST, "in the first phase");
    assertFinished(whole, task);
  }

  @Tag("long")
  @Test
  void restoreIsKilledInEachOfItsPhases() throws Exception {
    List<String> task = restored();
    String whole = uninterrupted(task);
    killedAfter(2, task);
    assertTrue(killedAfter(FIRST + 5, task) < STEPS, "in the second phase");
    assertFinished(whole, task);
  }

  /** The only checkpoint is the one that the last step of the first phase leaves. */
  @Tag("long")
  @Test
  void restoreIsKilledWhereItsPhaseChanges() throws Exception {
    List<String> task = restored("checkpoint.steps=" + FIRST);
    String whole = uninterrupted(task);
    assertEquals(FIRST, killedAfter(FIRST, task));
    assertFinished(whole, task);
  }

  /** The first step of the second phase is in the newest checkpoint, or is not. */
  @Tag("long")
  @Test
  void restoreIsKilledAboutWhereItsPhaseChanges() throws Exception {
    List<String> task = restored("device.steps_per_run=3");
    String whole = uninterrupted(task);
    killedAfter(FIRST - 1, task);
    killedAfter(FIRST + 1, task);
    assertFinished(whole, task);
  }

  /** Four places, of which each step fills two. */
  @Tag("long")
  @Test
  void unpairedIsKilledWithAFullPool() throws Exception {
    List<String> task =
        settings(
            "data.source=domains:" + images("a", 1) + "," + images("b", 2),
            "task.kind=unpaired",
            "task.pool=4",
            "translator.kind=resnet",
            "translator.patch_norm=instance",
            "loss.kind=least-squares");
    String whole = uninterrupted(task);
    killedAfter(1, task);
    assertTrue(killedAfter(10, task) < STEPS, "before the end");
    killedAfter(30, task);
    assertFinished(whole, task);
  }

  private List<String> restored(String... more) throws IOException {
    List<String> all =
        settings(
            "data.source=photos:" + images("photos", 3),
            "task.kind=restore",
            "task.scale=2",
            "task.pixel=1",
            "pretraining.steps=" + FIRST,
            "translator.kind=srresnet",
            "translator.patch_norm=spectral",
            "loss.kind=relativistic-average");
    all.addAll(List.of(more));
    return all;
  }

  /** A checkpoint a step, unless a task says otherwise later. */
  private static List<String> settings(String... task) {
    List<String> all = new ArrayList<>(ALL);
    all.add("checkpoint.steps=1");
    all.addAll(List.of(task));
    return all;
  }

  private Path images(String name, int seed) throws IOException {
    Path images = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < 6; i++) {
      Files.write(images.resolve(i + ".png"), Images.noise(24, 24, 10L * seed + i));
    }
    return images;
  }

  /** In this process, and with no checkpoint but the last. */
  private String uninterrupted(List<String> task) {
    List<String> all = new ArrayList<>(task);
    all.add("checkpoint.steps=0");
    Recipe recipe = TinyRecipe.with(all.toArray(String[]::new));
    return new Experiment(recipe, new RunFolder(folder.resolve("whole"))).train().weightsSha256();
  }

  /**
   * Resumes the run and kills it as soon as its newest checkpoint has these steps.
   *
   * @return steps of the newest checkpoint
   */
  private long killedAfter(long steps, List<String> task) throws Exception {
    RunCheckpoints checkpoints = new RunCheckpoints(run());
    SparringProcess process = start(task);
    assertTrue(process.until(() -> checkpoints.newest() >= steps), process.err());
    process.signal("KILL");
    assertEquals(137, process.exitCode(), process.err());
    checkpoints.finished().forEach(CheckpointStore::read);
    return checkpoints.newest();
  }

  private void assertFinished(String weights, List<String> task) throws Exception {
    SparringProcess process = start(task);
    assertEquals(0, process.exitCode(), process.err());
    List<String> lines = process.out().lines().toList();
    JsonNode result = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertEquals(STEPS, result.get("steps").asInt());
    assertEquals(weights, result.get("weights_sha256").asText());
    assertEquals(List.of(), new RunCheckpoints(run()).leftovers());
  }

  private SparringProcess start(List<String> task) throws IOException {
    List<String> options = TinyRecipe.options(task.toArray(String[]::new));
    return SparringProcess.start(
        folder, Main.class, options, "train", "--run", run() + "", "--resume", "--json");
  }

  private Path run() {
    return folder.resolve("run");
  }
}
