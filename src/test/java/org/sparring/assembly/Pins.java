package org.sparring.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sparring.recipes.Keyword;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.tasks.GameSetup;
import org.sparring.tasks.PairTask;
import org.tensorflow.ndarray.Shape;

/** What the recipes of a few settings build, compared with tables of names. */
final class Pins {
  private Pins() {}

  static void assertNames(Keyword[] values, String... names) {
    assertEquals(List.of(names), Arrays.stream(values).map(Keyword::label).toList());
  }

  /** The table has every value, and each name builds what the table says. */
  static void assertPins(Keyword[] values, Map<String, ?> expected, Function<String, ?> built) {
    for (Keyword value : values) {
      assertEquals(expected.get(value.label()), built.apply(value.label()), value.label());
    }
    assertEquals(values.length, expected.size());
  }

  static PairTask task(Shape sample, String... settings) {
    return (PairTask) setup(sample, settings).task();
  }

  static GameSetup setup(Shape sample, String... settings) {
    return new Assembly(recipe(settings)).contest(sample, 3);
  }

  static Recipe recipe(String... settings) {
    RecipeReader reader = new RecipeReader();
    Arrays.stream(settings).forEach(reader::set);
    return reader.recipe();
  }
}
