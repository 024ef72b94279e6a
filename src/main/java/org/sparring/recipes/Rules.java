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

/** Builds the update rule of a recipe. */
public final class Rules {
  private Rules() {}

  public static GameRule of(GameKeys game) {
    return switch (game.rule()) {
      case ALTERNATING -> alternating(game);
      case SIMULTANEOUS -> new Simultaneous();
      case EXTRA_GRADIENT -> new ExtraGradient(false);
      case EXTRA_GRADIENT_PAST -> new ExtraGradient(true);
      case OPTIMISTIC -> new Optimistic();
      case LOOKAHEAD ->
          new Lookahead(alternating(game), game.lookaheadSteps(), game.lookaheadShare());
      case CONSENSUS -> new Consensus(game.strength());
      case SYMPLECTIC -> new SymplecticAdjustment(game.strength());
      case UNROLLED -> new Unrolled(game.unrolledSteps());
    };
  }

  /** Returns whether the rule consists of alternating steps. */
  static boolean alternates(GameKeys game) {
    return switch (game.rule()) {
      case ALTERNATING, LOOKAHEAD -> true;
      case SIMULTANEOUS,
          EXTRA_GRADIENT,
          EXTRA_GRADIENT_PAST,
          OPTIMISTIC,
          CONSENSUS,
          SYMPLECTIC,
          UNROLLED ->
          false;
    };
  }

  private static GameRule alternating(GameKeys game) {
    return new Alternating(game.discriminatorSteps(), game.freshNoise());
  }
}
