package org.sparring.recipes;

import static org.sparring.errors.RecipeException.require;

import org.sparring.recipes.TaskKeys.TaskKind;
import org.sparring.recipes.TranslatorKeys.TranslatorKind;

/** Refuses keys that a task from images to images does not have, with the reason. */
final class TaskCombinations {
  /** Halvings of a U-Net, of which nine make images of 512×512 one pixel. */
  private static final int DEEPEST = 9;

  private TaskCombinations() {}

  static void check(Recipe recipe) {
    TaskKeys task = recipe.task();
    TaskKeys none = TaskKeys.DEFAULT;
    String kind = task.kind().label();
    require(
        task.kind() == TaskKind.PAIRED || task.direction() == none.direction(),
        "task.direction: expected both with task.kind "
            + kind
            + ", found "
            + task.direction().label());
    require(
        task.kind() == TaskKind.RESTORE || recipe.pretraining().steps() == 0,
        "pretraining.steps: expected 0 with task.kind "
            + kind
            + ", found "
            + recipe.pretraining().steps());
    require(
        task.kind() == TaskKind.RESTORE || !recipe.perceptual().isOn(),
        "perceptual.features: expected none with task.kind "
            + kind
            + ", found "
            + recipe.perceptual().features());
    if (task.isTranslation()) {
      translation(recipe, kind);
    }
  }

  private static void translation(Recipe recipe, String kind) {
    TaskKeys task = recipe.task();
    TranslatorKind net = recipe.translator().kind();
    boolean enlarges = net == TranslatorKind.SRRESNET || net == TranslatorKind.RRDB;
    require(
        enlarges || task.kind() != TaskKind.RESTORE,
        "translator.kind: expected srresnet or rrdb with task.kind "
            + kind
            + ", found "
            + net.label());
    int depth = recipe.translator().depth();
    require(
        net != TranslatorKind.UNET || depth >= 2 && depth <= DEEPEST,
        "translator.depth: expected 2 to "
            + DEEPEST
            + " with translator.kind unet, found "
            + depth);
    require(
        task.kind() != TaskKind.UNPAIRED || task.pool() == 0 || task.pool() >= recipe.batch(),
        "task.pool: expected 0 or at least batch " + recipe.batch() + ", found " + task.pool());
    require(
        task.kind() != TaskKind.UNPAIRED || task.pool() == 0 || recipe.drawsPerStep() == 1,
        "task.pool: expected 0 with game.discriminator_steps "
            + recipe.game().discriminatorSteps()
            + ", since a pool takes one minibatch a step, found "
            + task.pool());
    absent(recipe, kind);
  }

  /** What these tasks do not have. */
  private static void absent(Recipe recipe, String kind) {
    refuse(recipe.labels().areUsed(), "labels.kind", "none", kind, recipe.labels().kind().label());
    refuse(
        recipe.penalty().isPaid() || recipe.penalty().clip() > 0,
        "penalty",
        "none",
        kind,
        recipe.penalty().kind().label());
    refuse(
        !recipe.augment().kinds().isEmpty(),
        "augment.kind",
        "none",
        kind,
        recipe.augment().label());
    refuse(
        recipe.evaluation().isOn(),
        "evaluation.features",
        "none",
        kind,
        recipe.evaluation().features());
    refuse(
        Rules.of(recipe.game()).differentiatesGradients(),
        "game.rule",
        "a rule that differentiates once",
        kind,
        recipe.game().rule().label());
  }

  private static void refuse(
      boolean isSet, String key, String expected, String kind, String found) {
    require(
        !isSet, key + ": expected " + expected + " with task.kind " + kind + ", found " + found);
  }
}
