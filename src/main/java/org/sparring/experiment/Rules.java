package org.sparring.experiment;

import org.sparring.optimizers.Alternating;
import org.sparring.optimizers.Consensus;
import org.sparring.optimizers.ExtraGradient;
import org.sparring.optimizers.GameRule;
import org.sparring.optimizers.Lookahead;
import org.sparring.optimizers.Optimistic;
import org.sparring.optimizers.Simultaneous;
import org.sparring.optimizers.SymplecticAdjustment;
import org.sparring.optimizers.Unrolled;

/** The game rules by their names in recipes. */
final class Rules {
  static final String[] NAMES = {
    "alternating",
    "simultaneous",
    "extra-gradient",
    "extra-gradient-past",
    "optimistic",
    "lookahead",
    "consensus",
    "symplectic",
    "unrolled"
  };

  private Rules() {}

  static GameRule of(Recipe.Game game) {
    return switch (game.rule()) {
      case "simultaneous" -> new Simultaneous();
      case "extra-gradient" -> new ExtraGradient(false);
      case "extra-gradient-past" -> new ExtraGradient(true);
      case "optimistic" -> new Optimistic();
      case "lookahead" ->
          new Lookahead(alternating(game), game.lookaheadSteps(), game.lookaheadShare());
      case "consensus" -> new Consensus(game.strength());
      case "symplectic" -> new SymplecticAdjustment(game.strength());
      case "unrolled" -> new Unrolled(game.unrolledSteps());
      default -> alternating(game);
    };
  }

  /** Whether the rule is made of alternating steps. */
  static boolean alternates(Recipe.Game game) {
    return game.rule().equals("alternating") || game.rule().equals("lookahead");
  }

  private static GameRule alternating(Recipe.Game game) {
    return new Alternating(game.discriminatorSteps(), game.freshNoise());
  }
}
