package org.sparring.recipes;

import org.sparring.games.Alternating;
import org.sparring.games.Consensus;
import org.sparring.games.ExtraGradient;
import org.sparring.games.GameRule;
import org.sparring.games.Lookahead;
import org.sparring.games.Optimistic;
import org.sparring.games.Simultaneous;
import org.sparring.games.SymplecticAdjustment;
import org.sparring.games.Unrolled;

/** The game rules by their names in recipes. */
public final class Rules {
  public static final String[] NAMES = {
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

  public static GameRule of(Recipe.Game game) {
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
