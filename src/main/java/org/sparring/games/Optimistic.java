package org.sparring.games;

import java.util.ArrayList;
import java.util.List;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Optimistic descent: each player applies twice the update of this step minus the update of the
 * previous step, ω ← ω − 2Δₜ + Δₜ₋₁ (Daskalakis et al. 2018, arXiv 1711.00141; with Adam their
 * algorithm 1, Optimistic Adam). In the first step the previous update is missing.
 *
 * <p>On the bilinear game with gradient descent of rate η the multipliers of a step are the roots
 * of λ² − (1 ∓ 2iη)λ ∓ iη.
 */
public record Optimistic() implements GameRule {
  private static final String LAST = "last";

  @Override
  public Move step(Ops tf, Game game) {
    Pulls pulls = Pulls.here(tf, game);
    Point at = pulls.point();
    Player.Step d = moved(tf, game.discriminator(), at.discriminator(), pulls.discriminator(tf));
    Player.Step g = moved(tf, game.generator(), at.generator(), pulls.generator(tf));
    return new Move(g, d, pulls.losses());
  }

  @Override
  public int draws() {
    return 1;
  }

  private static Player.Step moved(
      Ops tf, Player player, Weights from, List<Operand<TFloat32>> gradients) {
    Player.Ahead now = player.ahead(tf, player.start(tf), gradients);
    List<Operand<TFloat32>> last = Memory.read(tf, player.memory(LAST));
    List<Operand<TFloat32>> descents = new ArrayList<>();
    for (int i = 0; i < last.size(); i++) {
      Operand<TFloat32> twice = tf.math.mul(tf.constant(2f), now.descents().get(i));
      descents.add(tf.math.sub(twice, last.get(i)));
    }
    Player.Step step = player.write(tf, player.descended(tf, from, descents), now);
    return Memory.write(tf, player.memory(LAST), now.descents(), step);
  }
}
