package org.sparring.recipes;

import static org.sparring.errors.RecipeException.requireBelowOne;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * The adversarial loss.
 *
 * <p>Each {@code with} method returns a copy with one value changed.
 *
 * @param kind What the two players minimise.
 * @param halved Whether the loss of the discriminator is multiplied by ½ (with {@code minimax}:
 *     both losses). Only for {@code non-saturating} and {@code minimax}.
 * @param smoothing One-sided label smoothing α: the target of real samples is 1 − α. Only for
 *     {@code non-saturating} and {@code minimax}. Range: 0 to below 1
 */
@JsonNaming(SnakeCaseStrategy.class)
public record LossKeys(LossKind kind, boolean halved, float smoothing) {
  /** The values of the keys that a recipe does not name. */
  public static final LossKeys DEFAULT = new LossKeys(LossKind.NON_SATURATING, false, 0);

  /** Adversarial losses. */
  public enum LossKind implements Keyword {
    /** Cross-entropy; the generator minimises −log D(G(z)) (Goodfellow et al. 2014, section 3). */
    NON_SATURATING,
    /**
     * Cross-entropy as a zero-sum game; the generator minimises log(1 − D(G(z))), which saturates.
     */
    MINIMAX,
    /** Squared errors (Mao et al. 2017). */
    LEAST_SQUARES,
    /** Hinge loss (Lim and Ye 2017). */
    HINGE,
    /**
     * Difference of the means; it needs a penalty, clipping or spectral normalisation (Arjovsky et
     * al. 2017).
     */
    WASSERSTEIN,
    /** Each real sample is compared with one generated sample (Jolicoeur-Martineau 2018). */
    RELATIVISTIC_PAIRING,
    /** Each sample is compared with the mean of the other kind (Jolicoeur-Martineau 2018). */
    RELATIVISTIC_AVERAGE;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static LossKind of(String label) {
      return Keyword.find("loss.kind", label, values());
    }
  }

  public LossKeys {
    requireBelowOne("loss.smoothing", smoothing);
  }

  public LossKeys withKind(LossKind kind) {
    return new LossKeys(kind, halved, smoothing);
  }

  public LossKeys withHalved(boolean halved) {
    return new LossKeys(kind, halved, smoothing);
  }

  public LossKeys withSmoothing(float smoothing) {
    return new LossKeys(kind, halved, smoothing);
  }
}
