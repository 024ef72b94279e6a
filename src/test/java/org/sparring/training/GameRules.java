package org.sparring.training;

import java.util.List;
import org.sparring.games.Alternating;
import org.sparring.games.Consensus;
import org.sparring.games.ExtraGradient;
import org.sparring.games.GameRule;
import org.sparring.games.Lookahead;
import org.sparring.games.Optimistic;
import org.sparring.games.Simultaneous;
import org.sparring.games.SymplecticAdjustment;
import org.sparring.games.Unrolled;

/** Every game rule there is, with small numbers. */
final class GameRules {
  private GameRules() {}

  static List<GameRule> all() {
    return List.of(
        new Simultaneous(),
        new Alternating(2, true),
        new ExtraGradient(false),
        new ExtraGradient(true),
        new Optimistic(),
        new Lookahead(new Alternating(2), 3, 0.5f),
        new Lookahead(new ExtraGradient(true), 2, 0.5f),
        new Consensus(0.5f),
        new SymplecticAdjustment(0.5f),
        new Unrolled(3));
  }
}
