package org.sparring.runfolders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.exports.ModelOrigin;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.recipes.TinyRecipe;

/** What is written of a run into its model. */
class RunOriginTest {
  @Test
  void everyKeyOfTheRecipeIsThere() {
    Recipe recipe = TinyRecipe.with("net.kind=resnet", "optimizer.beta1=0.25");
    ModelOrigin origin = RunOrigin.of(recipe, data("glyphs"));
    assertEquals(RecipeReader.values(recipe), origin.recipe());
    assertEquals("resnet", group(origin, "net").get("kind"));
    assertEquals("glyphs", origin.data().source());
    assertEquals("abc", origin.data().sha256());
    assertEquals("none: the samples are drawn by the program", origin.data().licence());
  }

  @Test
  void foldersOfTheMachineAreLeftOut() {
    ModelOrigin origin =
        RunOrigin.of(
            TinyRecipe.with(
                "data.source=folder:/home/anna/cats",
                "evaluation.features=graph:/opt/net.pb#input=a/b,output=c/d"),
            data("folder cats"));
    assertEquals("folder:cats", group(origin, "data").get("source"));
    assertEquals("graph:net.pb#input=a/b,output=c/d", group(origin, "evaluation").get("features"));
    assertEquals("unknown", origin.data().licence());
    ModelOrigin relative =
        RunOrigin.of(TinyRecipe.with("data.source=mnist:data/mnist"), data("mnist train"));
    assertEquals("mnist:data/mnist", group(relative, "data").get("source"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pairs:/home/anna/a,/home/anna/b | pairs:a,b",
        "domains:cats,/home/anna/dogs | domains:cats,dogs",
        "pairs:/home/anna/all.zip#a,b | pairs:all.zip#a,b",
        "pairs:/home/anna/all#side-by-side | pairs:all#side-by-side",
      })
  void twoFoldersKeepTheirNames(String source, String expected) {
    ModelOrigin origin = RunOrigin.of(TinyRecipe.with("data.source=" + source), data("x"));
    assertEquals(expected, group(origin, "data").get("source"));
  }

  @Test
  void anExpressionIsNoFolder() {
    ModelOrigin origin =
        RunOrigin.of(TinyRecipe.with("data.group_by=/^([^-.]+)/", "data.held_out=0.1"), data("x"));
    assertEquals("/^([^-.]+)/", group(origin, "data").get("group_by"));
  }

  private static Map<?, ?> group(ModelOrigin origin, String name) {
    return (Map<?, ?>) origin.recipe().get(name);
  }

  private static RunDescription.Data data(String name) {
    return new RunDescription.Data(name, 9, 16, 16, 1, 0, List.of(), null, "abc");
  }
}
