package org.sparring.recipes;

import static org.sparring.errors.RecipeException.requireAtLeast;
import static org.sparring.errors.RecipeException.requireBelowOne;
import static org.sparring.errors.RecipeException.requireNotNegative;
import static org.sparring.errors.RecipeException.requirePositive;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.sparring.optimizers.Adam;

/**
 * The optimizer of both players.
 *
 * <p>Each {@code with} method returns a copy with one value changed.
 *
 * @param kind The optimizer.
 * @param learningRate Learning rate of the generator. Range: more than 0
 * @param discriminatorLearningRate Learning rate of the discriminator; a different one gives two
 *     time scales (TTUR, Heusel et al. 2017). Range: more than 0
 * @param beta1 Decay of the first moment of Adam. Range: 0 to below 1
 * @param beta2 Decay of the second moment of Adam. Range: 0 to below 1
 * @param epsilon Number that Adam adds to the root of the second moment. Range: more than 0
 * @param schedule Learning rate schedule.
 * @param decaySteps Updates after which a schedule reaches 0. It does not depend on {@code steps},
 *     so a longer run starts with the same updates. Range: 1 or more with {@code linear} and {@code
 *     cosine}
 * @param clipNorm Gradient clipping: the gradients of a player are scaled so that their global norm
 *     is at most this (Pascanu et al. 2013, arXiv 1211.5063, section 3.2). Range: 0 or more; 0
 *     turns it off
 */
@JsonNaming(SnakeCaseStrategy.class)
public record OptimizerKeys(
    OptimizerKind kind,
    float learningRate,
    float discriminatorLearningRate,
    float beta1,
    float beta2,
    float epsilon,
    ScheduleKind schedule,
    long decaySteps,
    float clipNorm) {
  /** The values of the keys that a recipe does not name. */
  public static final OptimizerKeys DEFAULT =
      new OptimizerKeys(
          OptimizerKind.ADAM,
          Adam.DEFAULT_LEARNING_RATE,
          Adam.DEFAULT_LEARNING_RATE,
          Adam.DEFAULT_BETA1,
          Adam.DEFAULT_BETA2,
          Adam.DEFAULT_EPSILON,
          ScheduleKind.CONSTANT,
          0,
          0);

  /** Optimizers. */
  public enum OptimizerKind implements Keyword {
    /** Adam (Kingma and Ba 2015). */
    ADAM,
    /** Gradient descent without momentum. */
    SGD;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static OptimizerKind of(String label) {
      return Keyword.find("optimizer.kind", label, values());
    }
  }

  /** Learning rate schedules. */
  public enum ScheduleKind implements Keyword {
    /** The same rate in all updates. */
    CONSTANT,
    /** Linear decay to 0. */
    LINEAR,
    /** The full rate in the first half, then linear decay to 0 (Zhu et al. 2017). */
    CONSTANT_THEN_LINEAR,
    /** Cosine decay to 0 (Loshchilov and Hutter 2017). */
    COSINE;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static ScheduleKind of(String label) {
      return Keyword.find("optimizer.schedule", label, values());
    }
  }

  public OptimizerKeys {
    requirePositive("optimizer.learning_rate", learningRate);
    requirePositive("optimizer.discriminator_learning_rate", discriminatorLearningRate);
    requireBelowOne("optimizer.beta1", beta1);
    requireBelowOne("optimizer.beta2", beta2);
    requirePositive("optimizer.epsilon", epsilon);
    requireAtLeast("optimizer.decay_steps", decaySteps, schedule == ScheduleKind.CONSTANT ? 0 : 1);
    requireNotNegative("optimizer.clip_norm", clipNorm);
  }

  public OptimizerKeys withKind(OptimizerKind kind) {
    return new OptimizerKeys(
        kind,
        learningRate,
        discriminatorLearningRate,
        beta1,
        beta2,
        epsilon,
        schedule,
        decaySteps,
        clipNorm);
  }

  public OptimizerKeys withLearningRate(float learningRate) {
    return new OptimizerKeys(
        kind,
        learningRate,
        discriminatorLearningRate,
        beta1,
        beta2,
        epsilon,
        schedule,
        decaySteps,
        clipNorm);
  }

  public OptimizerKeys withDiscriminatorLearningRate(float discriminatorLearningRate) {
    return new OptimizerKeys(
        kind,
        learningRate,
        discriminatorLearningRate,
        beta1,
        beta2,
        epsilon,
        schedule,
        decaySteps,
        clipNorm);
  }

  public OptimizerKeys withBeta1(float beta1) {
    return new OptimizerKeys(
        kind,
        learningRate,
        discriminatorLearningRate,
        beta1,
        beta2,
        epsilon,
        schedule,
        decaySteps,
        clipNorm);
  }

  public OptimizerKeys withBeta2(float beta2) {
    return new OptimizerKeys(
        kind,
        learningRate,
        discriminatorLearningRate,
        beta1,
        beta2,
        epsilon,
        schedule,
        decaySteps,
        clipNorm);
  }

  public OptimizerKeys withEpsilon(float epsilon) {
    return new OptimizerKeys(
        kind,
        learningRate,
        discriminatorLearningRate,
        beta1,
        beta2,
        epsilon,
        schedule,
        decaySteps,
        clipNorm);
  }

  public OptimizerKeys withSchedule(ScheduleKind schedule) {
    return new OptimizerKeys(
        kind,
        learningRate,
        discriminatorLearningRate,
        beta1,
        beta2,
        epsilon,
        schedule,
        decaySteps,
        clipNorm);
  }

  public OptimizerKeys withDecaySteps(long decaySteps) {
    return new OptimizerKeys(
        kind,
        learningRate,
        discriminatorLearningRate,
        beta1,
        beta2,
        epsilon,
        schedule,
        decaySteps,
        clipNorm);
  }

  public OptimizerKeys withClipNorm(float clipNorm) {
    return new OptimizerKeys(
        kind,
        learningRate,
        discriminatorLearningRate,
        beta1,
        beta2,
        epsilon,
        schedule,
        decaySteps,
        clipNorm);
  }
}
