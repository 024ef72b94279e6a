package org.sparring.recipes;

import static org.sparring.errors.RecipeException.require;

import java.util.Set;
import org.sparring.data.PointSources;

/** Keys that make sense alone and not together: each pair is refused with the reason. */
public final class Combinations {
  private static final Set<String> CROSS_ENTROPIES = Set.of("non-saturating", "minimax");

  /** Losses of whose discriminator E[sign D(x)] says how well it knows real samples. */
  private static final Set<String> ZERO_IS_UNDECIDED = Set.of("non-saturating", "minimax", "hinge");

  private Combinations() {}

  public static void check(Recipe recipe) {
    loss(recipe.loss());
    game(recipe.game());
    slope(recipe);
    augmentation(recipe);
    require(
        !recipe.device().isMixed() || !Rules.of(recipe.game()).differentiatesGradients(),
        "device.precision: expected float32 or tf32 with game.rule "
            + recipe.game().rule()
            + ", which differentiates gradients, found "
            + recipe.device().precision());
    require(
        recipe.net().packing() == 1 || !recipe.labels().areUsed(),
        "net.packing: expected 1 with labels.kind "
            + recipe.labels().kind()
            + ", for a pack is of no one class, found "
            + recipe.net().packing());
    require(
        recipe.batch() % recipe.net().packing() == 0,
        "net.packing: expected a divisor of batch "
            + recipe.batch()
            + ", found "
            + recipe.net().packing());
  }

  private static void loss(Recipe.Loss loss) {
    boolean crossEntropy = CROSS_ENTROPIES.contains(loss.kind());
    require(
        crossEntropy || !loss.halved(),
        "loss.halved: expected false with loss.kind "
            + loss.kind()
            + ", which has no halved form, found true");
    require(
        crossEntropy || loss.smoothing() == 0,
        "loss.smoothing: expected 0 with loss.kind "
            + loss.kind()
            + ", which has no labels to smooth, found "
            + loss.smoothing());
  }

  private static void game(Recipe.Game game) {
    boolean alternates = Rules.alternates(game);
    require(
        alternates || game.discriminatorSteps() == 1,
        "game.discriminator_steps: expected 1 with game.rule "
            + game.rule()
            + ", in which both players move at once, found "
            + game.discriminatorSteps()
            + "\nThe rules with more are alternating and lookahead.");
    require(
        alternates || !game.freshNoise(),
        "game.fresh_noise: expected false with game.rule "
            + game.rule()
            + ", in which both players share their samples, found true");
  }

  private static void augmentation(Recipe recipe) {
    Recipe.Augment augment = recipe.augment();
    Recipe.Augment none = Recipe.DEFAULT.augment();
    boolean points = PointSources.named(recipe.data().source()).isPresent();
    String found = recipe.data().source() + ", which makes points";
    require(
        !points || augment.kinds().isEmpty(),
        "augment.kind " + augment.kind() + ": expected images, found " + found);
    require(!points || !recipe.data().mirror(), "data.mirror: expected images, found " + found);
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
    String loss = recipe.loss().kind();
    require(
        augment.target() == 0 || ZERO_IS_UNDECIDED.contains(loss),
        "augment.target: expected 0 with loss.kind "
            + loss
            + ", of whose logits the sign says nothing, found "
            + augment.target()
            + "\nSet augment.probability.");
    require(
        augment.target() > 0 || augment.kimg() == none.kimg(),
        "augment.kimg: expected 500 with augment.target 0, which holds the probability, found "
            + augment.kimg());
  }

  /** A Wasserstein critic is a supremum over 1-Lipschitz functions, which something must bound. */
  private static void slope(Recipe recipe) {
    Recipe.Penalty penalty = recipe.penalty();
    boolean spectral = recipe.net().discriminatorNorm().equals("spectral");
    boolean bounded = penalty.isPaid() || penalty.clip() > 0 || spectral;
    require(
        bounded || !recipe.loss().kind().equals("wasserstein"),
        "loss.kind wasserstein: expected a bound on the critic's slope, found none"
            + "\nSet penalty.kind to gradient-penalty, penalty.clip to 0.01 or"
            + " net.discriminator_norm to spectral.");
    require(
        penalty.clip() == 0 || !spectral,
        "penalty.clip: expected 0 with net.discriminator_norm spectral, which bounds the same"
            + " weights, found "
            + penalty.clip());
    require(
        !penalty.kind().equals("none") || penalty.every() == 1,
        "penalty.every: expected 1 with penalty.kind none, found " + penalty.every());
  }
}
