package org.sparring.recipes;

import static org.sparring.errors.RecipeException.require;
import static org.sparring.errors.RecipeException.requireAtLeast;
import static org.sparring.errors.RecipeException.requireAtMost;
import static org.sparring.errors.RecipeException.requirePositive;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * The order and the form of the updates of the two players.
 *
 * <p>Each {@code with} method returns a copy with one value changed.
 *
 * @param rule The update rule.
 * @param discriminatorSteps Discriminator updates per generator update, k of Goodfellow et al.
 *     2014, Algorithm 1. More than 1 only with {@code alternating} and {@code lookahead}. Range: 1
 *     to 64
 * @param freshNoise Whether the generator update uses new latent vectors; else it reuses the ones
 *     of the last discriminator update. Only with {@code alternating} and {@code lookahead}.
 * @param strength γ of {@code consensus}, λ of {@code symplectic}. Range: more than 0
 * @param lookaheadSteps Steps between two interpolations of {@code lookahead}. Range: 2 or more
 * @param lookaheadShare Interpolation factor α of {@code lookahead}: the share of the new weights.
 *     Range: more than 0, at most 1
 * @param unrolledSteps Discriminator updates that the generator differentiates through in {@code
 *     unrolled}. Range: 1 to 64
 */
@JsonNaming(SnakeCaseStrategy.class)
public record GameKeys(
    RuleKind rule,
    int discriminatorSteps,
    boolean freshNoise,
    float strength,
    int lookaheadSteps,
    float lookaheadShare,
    int unrolledSteps) {
  /** The values of the keys that a recipe does not name. */
  public static final GameKeys DEFAULT =
      new GameKeys(RuleKind.ALTERNATING, 1, false, 1, 5, 0.5f, 5);

  /**
   * Maximum number of updates per step: the graph contains a copy of the discriminator for each,
   * which takes seconds to build.
   */
  private static final int MOST_COPIES = 64;

  /** Update rules. */
  public enum RuleKind implements Keyword {
    /** The discriminator updates first, k times, then the generator (Goodfellow et al. 2014). */
    ALTERNATING,
    /** Both players update from the same weights. */
    SIMULTANEOUS,
    /**
     * Both update with the gradients at a look-ahead point (Korpelevich 1976; Gidel et al. 2019).
     */
    EXTRA_GRADIENT,
    /** The same, with the look-ahead made from the previous gradients (Gidel et al. 2019). */
    EXTRA_GRADIENT_PAST,
    /** Twice the present update minus the previous one (Daskalakis et al. 2018). */
    OPTIMISTIC,
    /**
     * Alternating steps; the weights are regularly interpolated with earlier ones (Chavdarova et
     * al. 2021).
     */
    LOOKAHEAD,
    /** Both also minimise the squared norm of both gradients (Mescheder et al. 2017). */
    CONSENSUS,
    /** Gradients are corrected for rotation (Balduzzi et al. 2018). */
    SYMPLECTIC,
    /** The generator differentiates through updates of the discriminator (Metz et al. 2017). */
    UNROLLED;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static RuleKind of(String label) {
      return Keyword.find("game.rule", label, values());
    }
  }

  public GameKeys {
    requireAtLeast("game.discriminator_steps", discriminatorSteps, 1);
    requireAtMost("game.discriminator_steps", discriminatorSteps, MOST_COPIES);
    requirePositive("game.strength", strength);
    requireAtLeast("game.lookahead_steps", lookaheadSteps, 2);
    requirePositive("game.lookahead_share", lookaheadShare);
    require(
        lookaheadShare <= 1, "game.lookahead_share: expected at most 1, found " + lookaheadShare);
    requireAtLeast("game.unrolled_steps", unrolledSteps, 1);
    requireAtMost("game.unrolled_steps", unrolledSteps, MOST_COPIES);
  }

  public GameKeys withRule(RuleKind rule) {
    return new GameKeys(
        rule,
        discriminatorSteps,
        freshNoise,
        strength,
        lookaheadSteps,
        lookaheadShare,
        unrolledSteps);
  }

  public GameKeys withDiscriminatorSteps(int discriminatorSteps) {
    return new GameKeys(
        rule,
        discriminatorSteps,
        freshNoise,
        strength,
        lookaheadSteps,
        lookaheadShare,
        unrolledSteps);
  }

  public GameKeys withFreshNoise(boolean freshNoise) {
    return new GameKeys(
        rule,
        discriminatorSteps,
        freshNoise,
        strength,
        lookaheadSteps,
        lookaheadShare,
        unrolledSteps);
  }

  public GameKeys withStrength(float strength) {
    return new GameKeys(
        rule,
        discriminatorSteps,
        freshNoise,
        strength,
        lookaheadSteps,
        lookaheadShare,
        unrolledSteps);
  }

  public GameKeys withLookaheadSteps(int lookaheadSteps) {
    return new GameKeys(
        rule,
        discriminatorSteps,
        freshNoise,
        strength,
        lookaheadSteps,
        lookaheadShare,
        unrolledSteps);
  }

  public GameKeys withLookaheadShare(float lookaheadShare) {
    return new GameKeys(
        rule,
        discriminatorSteps,
        freshNoise,
        strength,
        lookaheadSteps,
        lookaheadShare,
        unrolledSteps);
  }

  public GameKeys withUnrolledSteps(int unrolledSteps) {
    return new GameKeys(
        rule,
        discriminatorSteps,
        freshNoise,
        strength,
        lookaheadSteps,
        lookaheadShare,
        unrolledSteps);
  }
}
