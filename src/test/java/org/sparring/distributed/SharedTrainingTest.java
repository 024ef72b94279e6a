package org.sparring.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.recipes.Recipes;

/**
 * Several workers train as one process does: twenty steps of gradient descent, with a minibatch of
 * six. Rounding differs, because sums are made in another order.
 */
class SharedTrainingTest {
  private static final double ROUNDING = 1e-6;

  private static final List<String> TINY =
      List.of(
          "data.source=glyphs",
          "data.side=16",
          "net.width=4",
          "net.latent=6",
          "batch=6",
          "steps=20",
          "optimizer.kind=sgd",
          "optimizer.learning_rate=0.005",
          "optimizer.discriminator_learning_rate=0.005",
          // larger strengths enlarge the differences of rounding
          "game.strength=0.1",
          "ema.decay=0.9",
          "meters.steps=0",
          "device.kind=cpu");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "labels.kind=projection augment.kind=color+translation+cutout data.mirror=true",
        "game.rule=extra-gradient-past net.discriminator_norm=spectral labels.kind=auxiliary",
        "loss.kind=relativistic-average game.discriminator_steps=2 net.packing=3",
      })
  void twoWorkersTrainLikeOneProcess(String settings) throws Exception {
    requireEqual(2, settings);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "penalty.kind=gradient-penalty penalty.every=2 penalty.weight=1",
        "penalty.kind=r1 net.discriminator_norm=batch penalty.weight=1",
        "augment.kind=color augment.target=0.6 augment.kimg=0.1",
        "net.packing=3 net.discriminator_norm=none",
        "net.kind=mlp net.width=16 game.rule=unrolled game.unrolled_steps=2",
      })
  void twoWorkersTrainLikeOneProcessWithMore(String settings) throws Exception {
    requireEqual(2, settings);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("everyRule")
  void twoWorkersTrainLikeOneProcessByEveryRule(String settings) throws Exception {
    requireEqual(2, settings);
  }

  /**
   * With seed 1, in one cell, the input of a rectifier is within rounding of 0 at step 15, and the
   * two runs take different slopes from there on; another seed has no such input.
   */
  private static String seed(String rule, String norm, String labels) {
    return rule.equals("alternating") && norm.equals("spectral") && labels.equals("none")
        ? "seed=2"
        : "seed=1";
  }

  static Stream<String> everyRule() {
    List<String> cells = new ArrayList<>();
    for (String rule :
        List.of(
            "alternating",
            "simultaneous",
            "extra-gradient",
            "extra-gradient-past",
            "optimistic",
            "lookahead",
            "consensus",
            "symplectic",
            "unrolled")) {
      for (String norm : List.of("batch", "spectral", "none")) {
        for (String labels : List.of("none", "projection")) {
          for (String augment : List.of("none", "color+translation+cutout")) {
            cells.add(
                String.join(
                    " ",
                    "game.rule=" + rule,
                    "net.discriminator_norm=" + norm,
                    "labels.kind=" + labels,
                    "augment.kind=" + augment,
                    seed(rule, norm, labels)));
          }
        }
      }
    }
    return cells.stream();
  }

  @Test
  void threeWorkersTrainLikeOneProcessAndRepeatTheirBits() throws Exception {
    Recipe recipe = recipe("net.discriminator_norm=batch");
    SharedRun alone = SharedRun.alone(recipe);
    List<SharedRun> three = SharedRun.together(3, recipe);
    assertTrue(alone.distance(three.get(0)) <= ROUNDING, () -> "" + alone.distance(three.get(0)));
    List<SharedRun> again = SharedRun.together(3, recipe);
    for (int worker = 0; worker < 3; worker++) {
      assertEquals(three.get(0).sha256(), three.get(worker).sha256(), "worker " + worker);
      assertEquals(three.get(0).sha256(), again.get(worker).sha256(), "worker " + worker);
    }
  }

  @Test
  void severalStepsInACallAreTheSameSteps() throws Exception {
    String net = "net.discriminator_norm=batch steps=8";
    List<SharedRun> single = SharedRun.together(2, recipe(net));
    List<SharedRun> four = SharedRun.together(2, recipe(net + " device.steps_per_run=4"));
    assertEquals(single.get(0).sha256(), four.get(1).sha256());
  }

  @Test
  void aStreamGivesEachWorkerTheSameSamples() throws Exception {
    String net = "net.discriminator_norm=none game.discriminator_steps=2";
    List<SharedRun> resident = SharedRun.together(2, recipe(net));
    List<SharedRun> streamed = SharedRun.together(2, recipe(net + " data.residence=stream"));
    assertEquals(resident.get(0).sha256(), streamed.get(1).sha256());
  }

  /** The control of the others: they would fail if the workers' moments were not shared. */
  @Test
  void localBatchNormalisationTrainsDifferently() throws Exception {
    Recipe recipe = recipe("net.discriminator_norm=batch net.batch_norm=local");
    double distance = SharedRun.alone(recipe).distance(SharedRun.together(2, recipe).get(0));
    assertTrue(distance > 1000 * ROUNDING, () -> "" + distance);
  }

  @Test
  void aClusterOfOneWorkerHasTheBitsOfASingleProcess() throws Exception {
    Recipe recipe = recipe("net.discriminator_norm=batch");
    assertEquals(SharedRun.alone(recipe).sha256(), SharedRun.together(1, recipe).get(0).sha256());
  }

  private static void requireEqual(int workers, String settings) throws Exception {
    Recipe recipe = recipe(settings);
    SharedRun alone = SharedRun.alone(recipe);
    List<SharedRun> together = SharedRun.together(workers, recipe);
    together.forEach(run -> assertEquals(together.get(0).sha256(), run.sha256()));
    double distance = alone.distance(together.get(0));
    assertTrue(distance <= ROUNDING, () -> settings + ": " + distance);
  }

  private static Recipe recipe(String settings) {
    RecipeReader reader = Recipes.load("dcgan-glyphs");
    TINY.forEach(reader::set);
    Stream.of(settings.split(" ")).forEach(reader::set);
    return reader.recipe();
  }
}
