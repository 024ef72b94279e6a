package org.sparring.assembly;

import org.sparring.optimizers.Adam;
import org.sparring.optimizers.GradientDescent;
import org.sparring.optimizers.LearningRate;
import org.sparring.optimizers.Optimizer;
import org.sparring.recipes.GameKeys;
import org.sparring.recipes.OptimizerKeys;
import org.sparring.recipes.OptimizerKeys.ScheduleKind;
import org.sparring.recipes.PretrainingKeys;
import org.sparring.recipes.Recipe;
import org.sparring.tasks.GameSetup;

/** Builds the optimizers of both players of a recipe. */
final class RecipeOptimizers {
  private RecipeOptimizers() {}

  /**
   * @param gpu whether the run computes on a GPU
   */
  static GameSetup.Optimizers of(Recipe recipe, boolean gpu) {
    OptimizerKeys keys = recipe.optimizer();
    return new GameSetup.Optimizers(
        optimizer(keys, generatorRate(recipe)),
        optimizer(keys, rate(keys, keys.discriminatorLearningRate())),
        keys.clipNorm(),
        gpu && movesByOptimizerAlone(recipe.game()));
  }

  /** Other rules write weights one by one, which would copy a whole pack each time. */
  private static boolean movesByOptimizerAlone(GameKeys game) {
    return switch (game.rule()) {
      case ALTERNATING, SIMULTANEOUS -> true;
      default -> false;
    };
  }

  private static LearningRate generatorRate(Recipe recipe) {
    OptimizerKeys keys = recipe.optimizer();
    PretrainingKeys first = recipe.pretraining();
    LearningRate rate = rate(keys, keys.learningRate());
    long steps = first.steps();
    return steps == 0
        ? rate
        : rate.after(rate(first.schedule(), first.learningRate(), steps), steps);
  }

  private static Optimizer optimizer(OptimizerKeys optimizer, LearningRate schedule) {
    return switch (optimizer.kind()) {
      case ADAM -> new Adam(schedule, optimizer.beta1(), optimizer.beta2(), optimizer.epsilon());
      case SGD -> new GradientDescent(schedule);
    };
  }

  private static LearningRate rate(OptimizerKeys optimizer, float rate) {
    return rate(optimizer.schedule(), rate, optimizer.decaySteps());
  }

  private static LearningRate rate(ScheduleKind schedule, float rate, long length) {
    return switch (schedule) {
      case CONSTANT -> LearningRate.constant(rate);
      case LINEAR -> LearningRate.linear(rate, length);
      case CONSTANT_THEN_LINEAR -> LearningRate.constantThenLinear(rate, length);
      case COSINE -> LearningRate.cosine(rate, length);
    };
  }
}
