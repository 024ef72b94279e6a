package org.sparring.training;

import java.util.List;
import org.sparring.optimizers.Alternating;
import org.sparring.optimizers.Consensus;
import org.sparring.optimizers.ExtraGradient;
import org.sparring.optimizers.GameRule;
import org.sparring.optimizers.Lookahead;
import org.sparring.optimizers.Optimistic;
import org.sparring.optimizers.Simultaneous;
import org.sparring.optimizers.SymplecticAdjustment;
import org.sparring.optimizers.Unrolled;

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
