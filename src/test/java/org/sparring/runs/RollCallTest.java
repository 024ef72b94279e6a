package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.assembly.Assembly;
import org.sparring.assembly.OwnParts;
import org.sparring.assembly.TaskData;
import org.sparring.distributed.LocalTeams;
import org.sparring.distributed.Team;
import org.sparring.errors.TrainingException;
import org.sparring.losses.Hinge;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.TinyRecipe;

class RollCallTest {
  private static final Recipe RECIPE = TinyRecipe.with("device.precision=auto");

  @Test
  void aWorkerWithAnotherRecipeIsNamedByAll() throws Exception {
    List<String> found =
        LocalTeams.run(team -> refusal(team, team.leads() ? RECIPE : TinyRecipe.with("batch=32")));
    assertTrue(found.get(0).startsWith("worker 1 (127.0.0.1:"), found.get(0));
    assertTrue(
        found
            .get(0)
            .contains("): batch: expected " + RECIPE.batch() + " as worker 0 has, found 32"),
        found.get(0));
    assertEquals(found.get(0), found.get(1));
  }

  /** With another number of steps in a call, or another format, workers would wait or differ. */
  @ParameterizedTest
  @ValueSource(strings = {"device.steps_per_run=4", "device.precision=mixed_bfloat16"})
  void aWorkerThatWouldComputeOtherStepsIsNamedByAll(String setting) throws Exception {
    List<String> found =
        LocalTeams.run(team -> refusal(team, team.leads() ? RECIPE : TinyRecipe.with(setting)));
    String key = setting.substring(0, setting.indexOf('='));
    assertTrue(found.get(0).contains("): " + key + ": expected "), found.get(0));
    assertEquals(found.get(0), found.get(1));
  }

  @Test
  void aWorkerWithAnotherLossOfTheProgramIsNamedByAll() throws Exception {
    OwnParts hinge =
        new OwnParts(Map.of(), Optional.empty(), Optional.of(new Hinge()), Optional.empty());
    List<String> found =
        LocalTeams.run(
            team -> {
              OwnParts parts = team.leads() ? OwnParts.NONE : hinge;
              TaskData data = new Assembly(RECIPE).data();
              return assertThrows(
                      TrainingException.class,
                      () -> new RollCall(team).before(RECIPE, RECIPE, data, parts))
                  .getMessage();
            });
    assertTrue(found.get(0).contains("): parts from the program: expected {} as "), found.get(0));
    assertEquals(found.get(0), found.get(1));
  }

  @Test
  void aWorkerWithOtherDataIsNamedByAll() throws Exception {
    List<String> found =
        LocalTeams.run(
            team -> {
              Recipe other = team.leads() ? RECIPE : TinyRecipe.with("seed=2");
              return refusal(team, RECIPE, new Assembly(other).data());
            });
    assertTrue(found.get(0).contains("): data: expected "), found.get(0));
    assertEquals(found.get(0), found.get(1));
  }

  @Test
  void allWorkersUseWhatTheLeadingOneHasTried() throws Exception {
    List<Recipe> settled =
        LocalTeams.run(
            team -> {
              // threads differ from machine to machine
              Recipe own =
                  team.leads()
                      ? RECIPE
                      : TinyRecipe.with("device.precision=auto", "device.intra_op_threads=2");
              Recipe tried = TinyRecipe.with("device.precision=mixed_bfloat16");
              return new RollCall(team)
                  .before(own, team.leads() ? tried : own, new Assembly(own).data(), OwnParts.NONE);
            });
    settled.forEach(recipe -> assertEquals("mixed_bfloat16", recipe.device().precision().label()));
    assertEquals(2, settled.get(1).device().intraOpThreads());
  }

  private static String refusal(Team team, Recipe recipe) {
    return refusal(team, recipe, new Assembly(RECIPE).data());
  }

  private static String refusal(Team team, Recipe recipe, TaskData data) {
    try {
      new RollCall(team).before(recipe, recipe, data, OwnParts.NONE);
      return "none";
    } catch (TrainingException e) {
      return e.getMessage();
    }
  }
}
