package org.sparring.assembly;

import java.util.Optional;
import java.util.stream.Stream;
import org.sparring.augmentations.Augmentation;
import org.sparring.augmentations.Augmentations;
import org.sparring.augmentations.Cutout;
import org.sparring.augmentations.Translation;
import org.sparring.losses.AdversarialLoss;
import org.sparring.losses.Hinge;
import org.sparring.losses.LeastSquares;
import org.sparring.losses.Minimax;
import org.sparring.losses.NonSaturating;
import org.sparring.losses.RelativisticAverage;
import org.sparring.losses.RelativisticPairing;
import org.sparring.losses.Wasserstein;
import org.sparring.optimizers.WeightClip;
import org.sparring.recipes.AugmentKeys;
import org.sparring.recipes.AugmentKeys.AugmentKind;
import org.sparring.recipes.LossKeys;
import org.sparring.recipes.PenaltyKeys;
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

/** Builds the loss, the penalty and the augmentation of a recipe. */
public final class Objectives {
  private Objectives() {}

  public static AdversarialLoss loss(LossKeys loss) {
    return switch (loss.kind()) {
      case NON_SATURATING -> new NonSaturating(loss.halved(), loss.smoothing());
      case MINIMAX -> new Minimax(loss.halved(), loss.smoothing());
      case LEAST_SQUARES -> new LeastSquares();
      case HINGE -> new Hinge();
      case WASSERSTEIN -> new Wasserstein();
      case RELATIVISTIC_PAIRING -> new RelativisticPairing();
      case RELATIVISTIC_AVERAGE -> new RelativisticAverage();
    };
  }

  static Regularization regularization(PenaltyKeys penalty, AugmentKeys augment) {
    return new Regularization(
        penalty(penalty).map(paid -> new Lazy(paid, penalty.every())),
        penalty.every(),
        penalty.clip() > 0 ? Optional.of(new WeightClip(penalty.clip())) : Optional.empty(),
        augment(augment));
  }

  /** An adaptive probability starts at 0, as in the paper. */
  private static Augment augment(AugmentKeys augment) {
    if (augment.kinds().isEmpty()) {
      return Augment.NONE;
    }
    Augmentations steps =
        new Augmentations(augment.kinds().stream().flatMap(Objectives::steps).toList());
    return augment.target() > 0
        ? new Augment(
            steps, 0, Optional.of(new AdaptiveProbability(augment.target(), augment.kimg())))
        : new Augment(steps, augment.probability(), Optional.empty());
  }

  private static Stream<Augmentation> steps(AugmentKind kind) {
    return switch (kind) {
      case COLOR -> Augmentations.COLOR.steps().stream();
      case TRANSLATION -> Stream.of(new Translation());
      case CUTOUT -> Stream.of(new Cutout());
    };
  }

  /** The penalty; empty if there is none or its weight is 0. */
  private static Optional<Penalty> penalty(PenaltyKeys penalty) {
    float weight = penalty.weight();
    if (!penalty.isPaid()) {
      return Optional.empty();
    }
    return switch (penalty.kind()) {
      case NONE -> Optional.empty();
      case R1 -> Optional.of(new R1(weight));
      case R2 -> Optional.of(new R2(weight));
      case R1_R2 -> Optional.of(Penalties.zeroCentered(weight));
      case GRADIENT_PENALTY -> Optional.of(new GradientPenalty(weight));
      case DRAGAN -> Optional.of(new Dragan(weight, penalty.perturbation()));
    };
  }
}
