package org.sparring.recipes;

import static org.sparring.errors.RecipeException.requireAtLeast;
import static org.sparring.errors.RecipeException.requireNotNegative;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * Regularisation of the discriminator.
 *
 * <p>Each {@code with} method returns a copy with one value changed.
 *
 * @param kind The gradient penalty. With batch normalisation in the discriminator the gradient
 *     depends on the whole batch; the papers use none: set {@code net.discriminator_norm} to {@code
 *     none}.
 * @param weight γ of R1 and R2, λ of the others. Range: 0 or more
 * @param every Lazy regularisation: the penalty is added every n-th step and multiplied by n.
 *     Range: 1 or more
 * @param perturbation Variance of the noise that DRAGAN adds to real samples. Range: 0 or more
 * @param clip After each update the weights of the discriminator are clipped to ±clip. Range: 0 or
 *     more; 0 turns it off
 */
@JsonNaming(SnakeCaseStrategy.class)
public record PenaltyKeys(
    PenaltyKind kind, float weight, int every, float perturbation, float clip) {
  /** The values of the keys that a recipe does not name. */
  public static final PenaltyKeys DEFAULT = new PenaltyKeys(PenaltyKind.NONE, 10, 1, 0.1f, 0);

  /** Gradient penalties. */
  public enum PenaltyKind implements Keyword {
    /** No penalty. */
    NONE,
    /** ½γ times the squared gradient norm at real samples (Mescheder et al. 2018). */
    R1,
    /** The same at generated samples. */
    R2,
    /** R1 and R2, each with weight γ. */
    R1_R2,
    /** Gradient norms of 1 between real and generated samples (WGAN-GP, Gulrajani et al. 2017). */
    GRADIENT_PENALTY,
    /** Gradient norms of 1 around real samples (Kodali et al. 2017). */
    DRAGAN;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static PenaltyKind of(String label) {
      return Keyword.find("penalty.kind", label, values());
    }

    @Override
    public String label() {
      return this == R1_R2 ? "r1+r2" : Keyword.super.label();
    }
  }

  public PenaltyKeys {
    requireNotNegative("penalty.weight", weight);
    requireAtLeast("penalty.every", every, 1);
    requireNotNegative("penalty.perturbation", perturbation);
    requireNotNegative("penalty.clip", clip);
  }

  /** Returns whether a penalty is added to the loss. */
  @JsonIgnore
  public boolean isPaid() {
    return kind != PenaltyKind.NONE && weight > 0;
  }

  public PenaltyKeys withKind(PenaltyKind kind) {
    return new PenaltyKeys(kind, weight, every, perturbation, clip);
  }

  public PenaltyKeys withWeight(float weight) {
    return new PenaltyKeys(kind, weight, every, perturbation, clip);
  }

  public PenaltyKeys withEvery(int every) {
    return new PenaltyKeys(kind, weight, every, perturbation, clip);
  }

  public PenaltyKeys withPerturbation(float perturbation) {
    return new PenaltyKeys(kind, weight, every, perturbation, clip);
  }

  public PenaltyKeys withClip(float clip) {
    return new PenaltyKeys(kind, weight, every, perturbation, clip);
  }
}
