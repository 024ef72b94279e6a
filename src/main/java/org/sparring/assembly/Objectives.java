package org.sparring.assembly;

import java.util.Optional;
import org.sparring.augmentations.Augmentations;
import org.sparring.losses.AdversarialLoss;
import org.sparring.losses.Hinge;
import org.sparring.losses.LeastSquares;
import org.sparring.losses.Minimax;
import org.sparring.losses.NonSaturating;
import org.sparring.losses.RelativisticAverage;
import org.sparring.losses.RelativisticPairing;
import org.sparring.losses.Wasserstein;
import org.sparring.optimizers.WeightClip;
import org.sparring.recipes.Recipe;
import org.sparring.regularizers.Dragan;
import org.sparring.regularizers.GradientPenalty;
import org.sparring.regularizers.Lazy;
import org.sparring.regularizers.Penalties;
import org.sparring.regularizers.Penalty;
import org.sparring.regularizers.R1;
import org.sparring.regularizers.R2;
import org.sparring.tasks.AdaptiveProbability;
import org.sparring.tasks.Augment;
import org.sparring.tasks.Regularization;

/** Losses and penalties by their names in recipes. */
public final class Objectives {
  private Objectives() {}

  public static AdversarialLoss loss(Recipe.Loss loss) {
    return switch (loss.kind()) {
      case "minimax" -> new Minimax(loss.halved(), loss.smoothing());
      case "least-squares" -> new LeastSquares();
      case "hinge" -> new Hinge();
      case "wasserstein" -> new Wasserstein();
      case "relativistic-pairing" -> new RelativisticPairing();
      case "relativistic-average" -> new RelativisticAverage();
      default -> new NonSaturating(loss.halved(), loss.smoothing());
    };
  }

  static Regularization regularization(Recipe.Penalty penalty, Recipe.Augment augment) {
    return new Regularization(
        penalty.isPaid() ? Optional.of(new Lazy(paid(penalty), penalty.every())) : Optional.empty(),
        penalty.every(),
        penalty.clip() > 0 ? Optional.of(new WeightClip(penalty.clip())) : Optional.empty(),
        augment(augment));
  }

  /** Where p adapts it begins at 0, as in the paper. */
  private static Augment augment(Recipe.Augment augment) {
    if (augment.kinds().isEmpty()) {
      return Augment.NONE;
    }
    Augmentations kinds = Augmentations.named(augment.kinds());
    return augment.target() > 0
        ? new Augment(
            kinds, 0, Optional.of(new AdaptiveProbability(augment.target(), augment.kimg())))
        : new Augment(kinds, augment.probability(), Optional.empty());
  }

  private static Penalty paid(Recipe.Penalty penalty) {
    float weight = penalty.weight();
    return switch (penalty.kind()) {
      case "r1" -> new R1(weight);
      case "r2" -> new R2(weight);
      case "r1+r2" -> Penalties.zeroCentered(weight);
      case "dragan" -> new Dragan(weight, penalty.perturbation());
      default -> new GradientPenalty(weight);
    };
  }
}
