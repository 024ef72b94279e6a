package org.sparring.games;

import java.util.ArrayList;
import java.util.List;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Optimistic descent: each player moves by twice its descent of this step and takes the last one
 * back, ω ← ω − 2Δₜ + Δₜ₋₁ (Daskalakis et al. 2018, arXiv 1711.00141; with Adam their algorithm 1,
 * Optimistic Adam). The first step has no last one.
 *
 * <p>On the bilinear game with gradient descent of rate η the multipliers of a step are the roots
 * of λ² − (1 ∓ 2iη)λ ∓ iη.
 */
public record Optimistic() implements GameRule {
  private static final String LAST = "last";

  @Override
  public Move step(Ops tf, Game game) {
    JointLosses bout =
        JointLosses.at(tf, game, game.generator().read(tf), game.discriminator().read(tf), 0);
    Player.Step d =
        moved(
            tf, game.discriminator(), bout.discriminator(), bout.discriminatorGradients(tf, game));
    Player.Step g =
        moved(tf, game.generator(), bout.generator(), bout.generatorGradients(tf, game));
    return bout.moved(g, d);
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
