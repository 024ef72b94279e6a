package org.sparring.recipes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A recipe whose step takes about a millisecond, with batch norm and average on both sides. */
public final class TinyRecipe {
  private static final List<String> SETTINGS =
      List.of(
          "data.source=glyphs:256",
          "data.side=16",
          "net.width=4",
          "net.latent=8",
          "batch=8",
          "checkpoint.minutes=0",
          "samples.count=4",
          "log.steps=1",
          "ema.decay=0.9");

  private TinyRecipe() {}

  /** Overrides that make it a run on the ring's points, the given ones last. */
  public static List<String> points(String... more) {
    List<String> all = settings("data.source=ring", "net.kind=mlp");
    all.addAll(Arrays.asList(more));
    return all;
  }

  /** A generator of dead units that hardly learns makes one point of the grid's whole plane. */
  public static List<String> collapsing(String... more) {
    List<String> all =
        points(
            "data.source=grid",
            "net.width=1",
            "net.discriminator_width=4",
            "net.depth=9",
            "optimizer.learning_rate=1e-9",
            "meters.steps=1",
            "steps=60");
    all.addAll(Arrays.asList(more));
    return all;
  }

  /** As overrides, the given ones last. */
  public static List<String> settings(String... more) {
    List<String> all = new ArrayList<>(SETTINGS);
    all.addAll(Arrays.asList(more));
    return all;
  }

  /** As options of the command {@code train}. */
  public static List<String> options(String... more) {
    return settings(more).stream().flatMap(s -> List.of("--set", s).stream()).toList();
  }

  /** As a recipe over the one that {@code train} takes when none is named. */
  public static Recipe with(String... more) {
    RecipeReader reader = Recipes.load(Recipes.DEFAULT_NAME);
    settings(more).forEach(reader::set);
    return reader.recipe();
  }
}
