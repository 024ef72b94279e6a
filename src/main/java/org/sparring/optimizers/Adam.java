package org.sparring.optimizers;

/**
 * The numbers of Adam (Kingma and Ba 2015, arXiv 1412.6980), in the form at the end of its section
 * 2: θ ← θ − α·√(1−β₂ᵗ)/(1−β₁ᵗ) · m/(√v + ε̂).
 *
 * <p>With α = 2e-4, β₁ = .5, β₂ = .999, ε̂ = 1e-8 and a constant gradient of 1, every step is −2e-4
 * to seven digits.
 *
 * @param rate α by update
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon ε̂, positive; added to the root of the uncorrected second moment
 */
public record Adam(LearningRate rate, float beta1, float beta2, float epsilon) {
  /** DCGAN's rate, first decay; Adam's own second decay and epsilon. */
  public static final float DEFAULT_LEARNING_RATE = 2e-4f;

  public static final float DEFAULT_BETA1 = 0.5f;
  public static final float DEFAULT_BETA2 = 0.999f;
  public static final float DEFAULT_EPSILON = 1e-8f;

  public Adam {
    OptimizerException.require(beta1 >= 0 && beta1 < 1, "beta1 must lie in [0, 1), found " + beta1);
    OptimizerException.require(beta2 >= 0 && beta2 < 1, "beta2 must lie in [0, 1), found " + beta2);
    OptimizerException.require(epsilon > 0, "epsilon must be positive, found " + epsilon);
  }
}
