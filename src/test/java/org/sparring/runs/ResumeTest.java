package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.errors.DataException;
import org.sparring.errors.RecipeException;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunPlan;
import org.sparring.training.TrainingListener.Ending;

/**
 * A resumed run computes what an uninterrupted run computes, and refuses changes that prevent it.
 */
class ResumeTest {
  @TempDir private Path root;
  private TinyRuns runs;

  @BeforeEach
  void setUp() {
    runs = new TinyRuns(root);
  }

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
    Outcome whole = runs.train("whole", false, settings, "steps=40");
    runs.train("parts", false, settings, "steps=20");
    Outcome parts = runs.train("parts", true, List.of(), "steps=40");
    assertEquals(whole.weightsSha256(), parts.weightsSha256());
    assertEquals(40, parts.steps());
    assertEquals(whole.kimg(), parts.kimg());
    assertEquals(whole.generatorLoss(), parts.generatorLoss());
    assertEquals(LongStream.rangeClosed(1, 40).boxed().toList(), runs.loggedSteps("parts"));
  }

  /** A key that came with a later version has its default, which leaves the game as it was. */
  @Test
  void aRunOfAVersionWithFewerKeysIsResumed() throws IOException {
    Outcome whole = runs.train("whole", false, TinyRecipe.settings(), "steps=4");
    runs.train("parts", false, TinyRecipe.settings(), "steps=2");
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
    Outcome parts = runs.train("parts", true, List.of(), "steps=4");
    assertEquals(whole.weightsSha256(), parts.weightsSha256());
  }

  @Test
  void anAdaptedProbabilityAndMirroredImagesAreResumed() {
    List<String> settings =
        TinyRecipe.settings(
            "data.mirror=true",
            "augment.kind=color+translation+cutout",
            "augment.target=0.3",
            "augment.kimg=0.04",
            "net.discriminator_norm=none",
            "penalty.kind=r1",
            "penalty.every=2");
    Outcome whole = runs.train("whole", false, settings, "steps=9");
    runs.train("parts", false, settings, "steps=4");
    Outcome parts = runs.train("parts", true, List.of(), "steps=9");
    assertEquals(whole.weightsSha256(), parts.weightsSha256());
  }

  @Test
  void aRunThatLostItsLastCheckpointLogsEachStepOnce() throws IOException {
    Outcome whole =
        runs.train(
            "run",
            false,
            TinyRecipe.settings("checkpoint.steps=7", "checkpoint.keep=9"),
            "steps=20");
    runs.deleteCheckpoint(20);
    runs.deleteCheckpoint(14);
    Outcome again = runs.train("run", true, List.of());
    assertEquals(whole.weightsSha256(), again.weightsSha256());
    assertEquals(LongStream.rangeClosed(1, 20).boxed().toList(), runs.loggedSteps("run"));
  }

  @Test
  void aRunThatDidAllItsStepsAddsNone() {
    Outcome first = runs.train("run", false, TinyRecipe.settings(), "steps=2");
    Outcome again = runs.train("run", true, List.of());
    assertEquals(first.weightsSha256(), again.weightsSha256());
    assertEquals(2, again.steps());
    assertEquals(null, again.discriminatorLoss());
  }

  @Test
  void fewerStepsThanDoneAreRefused() {
    runs.train("run", false, TinyRecipe.settings(), "steps=4");
    assertEquals(
        "steps: expected at least the 4 that " + root.resolve("run") + " has done, found 2",
        assertThrows(RecipeException.class, () -> runs.train("run", true, List.of(), "steps=2"))
            .getMessage());
  }

  @Test
  void otherDataIsRefused() {
    runs.train("run", false, TinyRecipe.settings(), "steps=2");
    String message =
        assertThrows(
                DataException.class,
                () -> runs.train("run", true, List.of(), "steps=4", "data.source=glyphs:128"))
            .getMessage();
    assertTrue(message.contains("the images this run was trained on"), message);
    assertTrue(message.contains("Give the same data, or start a new run"), message);
  }

  @Test
  void aRunThatIsAskedToStopWritesItsStateAndIsResumed() {
    Outcome whole = runs.train("whole", false, TinyRecipe.settings(), "steps=12");
    AtomicInteger asked = new AtomicInteger();
    RunPlan plan = runs.plan("run", false, TinyRecipe.settings(), "steps=12");
    Outcome stopped =
        new Experiment(plan.recipe(), plan.folder()).train(() -> asked.incrementAndGet() == 5);
    assertEquals(Ending.INTERRUPTED, stopped.ending());
    assertEquals(5, stopped.steps());
    assertTrue(Files.isDirectory(plan.folder().savedModel()));
    assertEquals(whole.weightsSha256(), runs.train("run", true, List.of()).weightsSha256());
  }

  /** A lazy penalty is paid in one of four steps; the lines between repeat its last value. */
  @Test
  void theFirstLinesAfterAResumeHaveTheLastPenaltyThoughItWasNotLogged() throws IOException {
    List<String> settings =
        TinyRecipe.settings(
            "penalty.kind=r1", "penalty.every=4", "net.discriminator_norm=none", "log.steps=3");
    runs.train("whole", false, settings, "steps=9");
    runs.train("parts", false, settings, "steps=5");
    runs.train("parts", true, List.of(), "steps=9");
    List<String> expected = penalties("whole");
    assertEquals(3, expected.stream().distinct().count(), expected.toString());
    assertEquals(expected, penalties("parts"));
  }

  private List<String> penalties(String run) throws IOException {
    return runs.lossLines(run).stream().map(line -> String.valueOf(line.get("d_penalty"))).toList();
  }

  @Test
  void aRunKilledBeforeItsFirstCheckpointBeginsAgain() throws IOException {
    Outcome whole = runs.train("run", false, TinyRecipe.settings(), "steps=3");
    runs.deleteCheckpoint(3);
    Outcome again = runs.train("run", true, List.of());
    assertEquals(whole.weightsSha256(), again.weightsSha256());
    assertEquals(List.of(1L, 2L, 3L), runs.loggedSteps("run"));
  }
}
