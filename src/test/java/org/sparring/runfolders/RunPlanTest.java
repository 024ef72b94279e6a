package org.sparring.runfolders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.RecipeException;
import org.sparring.errors.SparringException;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.recipes.TinyRecipe;

/** Which recipe is run where; nothing is trained here. */
class RunPlanTest {
  @TempDir private Path folder;

  @Test
  void withoutAFolderARunGetsItsOwnByNameAndTime() {
    RunPlan plan = RunPlan.of(null, null, false, List.of());
    String path = plan.folder().root().toString();
    assertTrue(path.matches("runs.dcgan-glyphs-\\d{8}-\\d{6}"), path);
    assertFalse(plan.folder().isBegun());
  }

  @Test
  void overridesAreLaidOverTheNamedRecipe() throws IOException {
    Path file = folder.resolve("own.yaml");
    Files.writeString(file, "batch: 8\nseed: 3\n");
    Recipe recipe = RunPlan.of(file.toString(), folder, false, List.of("batch=16")).recipe();
    assertEquals(16, recipe.batch());
    assertEquals(3, recipe.seed());
  }

  @Test
  void aFolderThatHoldsARunIsRefusedWithoutResume() throws IOException {
    begin(TinyRecipe.with());
    assertEquals(
        folder + " holds a run already\nResume it, or choose another run folder.",
        refused(null, false));
  }

  /** The leading worker may begin the run before another worker has read its arguments. */
  @Test
  void aWorkerThatDoesNotLeadHasTheSamePlanBeforeAndAfterTheRunBegins() throws IOException {
    List<String> overrides = List.of("batch=16");
    RunPlan leading = RunPlan.of(null, folder, false, overrides);
    assertEquals(leading, RunPlan.ofFollower(null, folder, false, overrides));
    begin(leading.recipe());
    assertEquals(leading, RunPlan.ofFollower(null, folder, false, overrides));
    assertEquals(leading, RunPlan.ofFollower(null, folder, true, List.of()));
  }

  @Test
  void aResumedRunKeepsTheRecipeItBeganWith() throws IOException {
    begin(TinyRecipe.with("seed=7"));
    Recipe resumed = RunPlan.of(null, folder, true, List.of("steps=40")).recipe();
    assertEquals(7, resumed.seed());
    assertEquals(List.of("steps"), RecipeReader.differences(TinyRecipe.with("seed=7"), resumed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "steps=9",
        "data.source=glyphs:64",
        "data.residence=device",
        "checkpoint.steps=9",
        "checkpoint.minutes=9",
        "checkpoint.keep=9",
        "samples.steps=9",
        "log.steps=9",
        "device.kind=cpu",
        "device.intra_op_threads=1",
        "device.inter_op_threads=1",
        "optimizer.learning_rate=1",
        "optimizer.discriminator_learning_rate=1",
        "optimizer.decay_steps=9"
      })
  void whatDoesNotChangeTheGameMayChange(String override) throws IOException {
    begin(TinyRecipe.with());
    RunPlan.of(null, folder, true, List.of(override));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data.side=32",
        "data.channels=3",
        "net.kind=mlp",
        "net.width=8",
        "net.depth=3",
        "net.latent=9",
        "net.distribution=uniform",
        "loss.kind=minimax",
        "loss.halved=true",
        "game.rule=simultaneous",
        "game.discriminator_steps=2",
        "game.fresh_noise=true",
        "optimizer.beta1=0.1",
        "optimizer.beta2=0.1",
        "optimizer.epsilon=1",
        "batch=9",
        "seed=9",
        "ema.decay=0.1",
        "samples.count=9"
      })
  void whatChangesTheGameMayNot(String override) throws IOException {
    begin(TinyRecipe.with());
    String key = override.substring(0, override.indexOf('='));
    assertEquals(
        "resume: "
            + key
            + " cannot change in a run that has begun; expected what "
            + folder.resolve("recipe.yaml")
            + " says",
        refused(null, true, override));
  }

  @Test
  void aRecipeNamedToResumeMustBeTheOneThatWasBegun() throws IOException {
    begin(TinyRecipe.with());
    String message = refused("dcgan-glyphs", true);
    assertTrue(message.startsWith("resume: "), message);
    assertTrue(message.contains("net.width, "), message);
  }

  @Test
  void aFolderWithoutARunIsBegunByResumeToo() {
    assertFalse(RunPlan.of("dcgan-glyphs", folder, true, List.of()).folder().isBegun());
    assertFalse(RunPlan.of(null, folder, true, List.of("steps=9")).folder().isBegun());
  }

  /** The default recipe in place of the failed run of another recipe is not what was meant. */
  @Test
  void aFolderWithoutARunIsNotBegunByResumeWithoutARecipe() {
    assertEquals(
        "resume: expected a run in " + folder + ", found none; name a recipe to begin one there",
        refused(null, true));
  }

  @Test
  void resumeWithoutAFolderTakesTheNewestRunOfTheRecipe() throws IOException {
    begin("faces-20250101-000000");
    begin("faces-20250301-000000");
    begin("faces-small-20250401-000000");
    Files.createDirectories(folder.resolve("faces-20250501-000000")); // not begun
    assertEquals(
        Optional.of(folder.resolve("faces-20250301-000000")), RunPlan.newest(folder, "faces"));
    assertEquals(Optional.empty(), RunPlan.newest(folder, "face"));
    assertEquals(Optional.empty(), RunPlan.newest(folder.resolve("none"), "faces"));
  }

  @Test
  void aRunFolderInPlaceOfARecipeIsResumed() throws IOException {
    begin(TinyRecipe.with());
    RunPlan plan = RunPlan.of(folder.toString(), null, true, List.of("steps=99"));
    assertEquals(folder, plan.folder().root());
    assertEquals(99, plan.recipe().steps());
  }

  @Test
  void aRecipeThatNeverRanCannotBeResumedByName() {
    assertEquals(
        "resume: expected a run of never-run in runs/, found none; name the folder of the run",
        assertThrows(ArgumentException.class, () -> RunPlan.of("never-run", null, true, List.of()))
            .getMessage());
  }

  @Test
  void aFolderThatIsNoRunIsRefused() {
    assertEquals(
        "expected a run folder with a recipe.yaml, found none in " + folder,
        assertThrows(RecipeException.class, () -> RunPlan.begun(new RunFolder(folder)))
            .getMessage());
  }

  private void begin(Recipe recipe) throws IOException {
    Files.writeString(new RunFolder(folder).recipe(), RecipeReader.yaml(recipe));
  }

  private void begin(String run) throws IOException {
    Path recipe = folder.resolve(run).resolve("recipe.yaml");
    Files.createDirectories(recipe.getParent());
    Files.writeString(recipe, RecipeReader.yaml(TinyRecipe.with()));
  }

  private String refused(String name, boolean resume, String... overrides) {
    return assertThrows(
            SparringException.class, () -> RunPlan.of(name, folder, resume, List.of(overrides)))
        .getMessage();
  }
}
