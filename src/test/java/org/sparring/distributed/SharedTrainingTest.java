package org.sparring.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.recipes.Recipes;
import org.sparring.training.StepsPerCall;

class SharedTrainingTest {
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
          "ema.decay=0.9",
          "meters.steps=0",
          "device.kind=cpu");

  static Stream<String> cells() {
    List<String> cells = new ArrayList<>();
    for (String rule : List.of("alternating","simultaneous","extra-gradient","extra-gradient-past","optimistic","consensus","symplectic","lookahead","unrolled"))
     for (String norm : List.of("batch","spectral"))
      for (String labels : List.of("none"))
       for (String augment : List.of("none","color+translation+cutout"))
        cells.add("game.rule=" + rule + " net.discriminator_norm=" + norm + " labels.kind=" + labels + " augment.kind=" + augment);
    return cells.stream();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void twoWorkersTrainLikeOne(String settings) throws Exception {
    Recipe recipe = recipe(settings);
    long t0=System.nanoTime(); SharedRun alone = SharedRun.alone(recipe, StepsPerCall.of(1));
    List<SharedRun> two = SharedRun.together(2, recipe, StepsPerCall.of(1));
    assertEquals(two.get(0).sha256(), two.get(1).sha256());
    double distance = alone.distance(two.get(0));
    System.err.println("DIST " + settings + " " + distance + " s " + (System.nanoTime()-t0)/1e9);
    assertTrue(distance <= 1e-6, settings + ": " + distance);
  }

  private static Recipe recipe(String settings) {
    List<String> all = new ArrayList<>(TINY);
    all.addAll(List.of(settings.split(" ")));
    RecipeReader reader = Recipes.load("dcgan-glyphs");
    all.forEach(reader::set);
    return reader.recipe();
  }
}
