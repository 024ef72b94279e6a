package org.sparring.assembly;

import org.sparring.optimizers.Adam;
import org.sparring.optimizers.GradientDescent;
import org.sparring.optimizers.LearningRate;
import org.sparring.optimizers.Optimizer;
import org.sparring.recipes.OptimizerKeys;

/** Makes a player's optimizer from the keys of a recipe. */
final class Optimization {
  private Optimization() {}

  /**
   * @param rate learning rate of the player, at the beginning of the schedule
   */
  static Optimizer of(OptimizerKeys keys, float rate) {
    LearningRate schedule =
        switch (keys.schedule()) {
          case CONSTANT -> LearningRate.constant(rate);
          case LINEAR -> LearningRate.linear(rate, keys.decaySteps());
          case COSINE -> LearningRate.cosine(rate, keys.decaySteps());
        };
    return switch (keys.kind()) {
      case ADAM -> new Adam(schedule, keys.beta1(), keys.beta2(), keys.epsilon());
      case SGD -> new GradientDescent(schedule);
    };
  }
}
