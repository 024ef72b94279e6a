package org.sparring.recipes;

import static org.sparring.errors.RecipeException.require;

import org.sparring.data.PointSources;
import org.sparring.recipes.LossKeys.LossKind;
import org.sparring.recipes.NetKeys.DiscriminatorNorm;
import org.sparring.recipes.PenaltyKeys.PenaltyKind;

/** Refuses combinations of values that are valid alone but not together, with the reason. */
public final class Combinations {
  private Combinations() {}

  public static void check(Recipe recipe) {
    TaskCombinations.check(recipe);
    loss(recipe.loss());
    game(recipe.game());
    slope(recipe);
    augmentation(recipe);
    data(recipe.data());
    require(
        !recipe.device().isMixed() || !Rules.of(recipe.game()).differentiatesGradients(),
        "device.precision: expected float32 or tf32 with game.rule "
            + recipe.game().rule().label()
            + ", which differentiates gradients, found "
            + recipe.device().precision().label());
    require(
        recipe.net().packing() == 1 || !recipe.labels().areUsed(),
        "net.packing: expected 1 with labels.kind "
            + recipe.labels().kind().label()
            + ", for a pack is of no one class, found "
            + recipe.net().packing());
    require(
        recipe.batch() % recipe.net().packing() == 0,
        "net.packing: expected a divisor of batch "
            + recipe.batch()
            + ", found "
            + recipe.net().packing());
  }

  private static void loss(LossKeys loss) {
    boolean crossEntropy = isCrossEntropy(loss.kind());
    require(
        crossEntropy || !loss.halved(),
        "loss.halved: expected false with loss.kind "
            + loss.kind().label()
            + ", which has no halved form, found true");
    require(
        crossEntropy || loss.smoothing() == 0,
        "loss.smoothing: expected 0 with loss.kind "
            + loss.kind().label()
            + ", which has no labels to smooth, found "
            + loss.smoothing());
  }

  private static void game(GameKeys game) {
    boolean alternates = Rules.alternates(game);
    require(
        alternates || game.discriminatorSteps() == 1,
        "game.discriminator_steps: expected 1 with game.rule "
            + game.rule().label()
            + ", in which both players move at once, found "
            + game.discriminatorSteps()
            + "\nThe rules with more are alternating and lookahead.");
    require(
        alternates || !game.freshNoise(),
        "game.fresh_noise: expected false with game.rule "
            + game.rule().label()
            + ", in which both players share their samples, found true");
  }

  private static void data(DataKeys data) {
    boolean points = PointSources.named(data.source()).isPresent();
    String found = data.source() + ", which makes points";
    require(!points || !data.mirror(), "data.mirror: expected images, found " + found);
    require(!points || !data.turn(), "data.turn: expected images, found " + found);
    require(!points || data.crop() == 0, "data.crop: expected images, found " + found);
    require(
        data.side() == 0 || data.crop() <= data.side(),
        "data.crop: expected at most data.side " + data.side() + ", found " + data.crop());
    require(
        data.groupBy().isEmpty() || data.heldOut() > 0,
        "data.group_by: expected data.held_out above 0, for groups are held out, found 0"
            + "\nSet data.held_out to 0.1 or to a number of groups.");
  }

  private static void augmentation(Recipe recipe) {
    AugmentKeys augment = recipe.augment();
    AugmentKeys none = AugmentKeys.DEFAULT;
    boolean points = PointSources.named(recipe.data().source()).isPresent();
    String found = recipe.data().source() + ", which makes points";
    require(
        !points || augment.kinds().isEmpty(),
        "augment.kind " + augment.label() + ": expected images, found " + found);
    require(
        !augment.kinds().isEmpty() || augment.equals(none),
        "augment: expected probability 1, target 0 and kimg 500 with augment.kind none, which"
            + " leaves samples as they are\nSet augment.kind to color+translation+cutout.");
    require(
        augment.target() == 0 || augment.probability() == none.probability(),
        "augment.probability: expected 1 with augment.target "
            + augment.target()
            + ", which moves it from 0 on, found "
            + augment.probability());
    LossKind loss = recipe.loss().kind();
    require(
        augment.target() == 0 || separatesBySign(loss),
        "augment.target: expected 0 with loss.kind "
            + loss.label()
            + ", of whose logits the sign says nothing, found "
            + augment.target()
            + "\nSet augment.probability.");
    require(
        augment.target() > 0 || augment.kimg() == none.kimg(),
        "augment.kimg: expected 500 with augment.target 0, which holds the probability, found "
            + augment.kimg());
  }

  /** Requires a bound for a Wasserstein critic, which should be a 1-Lipschitz function. */
  private static void slope(Recipe recipe) {
    PenaltyKeys penalty = recipe.penalty();
    boolean spectral = recipe.net().discriminatorNorm() == DiscriminatorNorm.SPECTRAL;
    boolean bounded = penalty.isPaid() || penalty.clip() > 0 || spectral;
    require(
        bounded || recipe.loss().kind() != LossKind.WASSERSTEIN,
        "loss.kind wasserstein: expected a bound on the critic's slope, found none"
            + "\nSet penalty.kind to gradient-penalty, penalty.clip to 0.01 or"
            + " net.discriminator_norm to spectral.");
    require(
        penalty.clip() == 0 || !spectral,
        "penalty.clip: expected 0 with net.discriminator_norm spectral, which bounds the same"
            + " weights, found "
            + penalty.clip());
    require(
        penalty.kind() != PenaltyKind.NONE || penalty.every() == 1,
        "penalty.every: expected 1 with penalty.kind none, found " + penalty.every());
  }

  private static boolean isCrossEntropy(LossKind loss) {
    return switch (loss) {
      case NON_SATURATING, MINIMAX -> true;
      case LEAST_SQUARES, HINGE, WASSERSTEIN, RELATIVISTIC_PAIRING, RELATIVISTIC_AVERAGE -> false;
    };
  }

  /**
   * Returns whether a positive logit means that the discriminator classifies the sample as real.
   */
  private static boolean separatesBySign(LossKind loss) {
    return switch (loss) {
      case NON_SATURATING, MINIMAX, HINGE -> true;
      case LEAST_SQUARES, WASSERSTEIN, RELATIVISTIC_PAIRING, RELATIVISTIC_AVERAGE -> false;
    };
  }
}
